using System.Net;
using System.Security.Cryptography;

namespace Waybill.TestParts;

/// <summary>Azurite's table service, in memory, on a loopback port, with an account of its own.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Variable = "WAYBILL_AZURITE";
    private const string Account = "waybill";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder;
    private readonly GuardedProcess _process;

    private Azurite(TemporaryFolder folder, GuardedProcess process, string connectionString)
    {
        (_folder, _process, ConnectionString) = (folder, process, connectionString);
    }

    /// <summary>Why a test that needs the table service is skipped, or null where it can start.</summary>
    public static string? SkipReason => Executable is null
        ? $"no Azurite: {Variable} is not set (./verify sets it up where npm is there)"
        : null;

    /// <summary>Connection string as Azure.Data.Tables takes it.</summary>
    public string ConnectionString { get; }

    private static string? Executable => NamedPath.FromEnvironment(Variable);

    /// <summary>Starts the service, or returns null where it is not installed (<see cref="SkipReason"/> says why).</summary>
    public static async Task<Azurite?> TryStartAsync() =>
        Executable is { } executable ? await Startup.WithFreePortsAsync(() => StartAsync(executable)) : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<Azurite> StartAsync(string executable)
    {
        var folder = new TemporaryFolder();
        var port = LoopbackPort.FindFree();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var process = GuardedProcess.Start(
            executable,
            [
                "--tableHost", "127.0.0.1", "--tablePort", $"{port}",
                "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            ],
            folder,
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" });
        var azurite = new Azurite(folder, process, ConnectionStringFor(port, key));
        try
        {
            await process.UntilReadyAsync("Azurite", StartDeadline, cancellation => AnswersAsync(port, cancellation));
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    private static string ConnectionStringFor(int port, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};TableEndpoint=http://127.0.0.1:{port}/{Account};";

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync($"http://127.0.0.1:{port}/{Account}/Tables", cancellationToken);
        return answer.StatusCode is not HttpStatusCode.ServiceUnavailable;
    }
}
