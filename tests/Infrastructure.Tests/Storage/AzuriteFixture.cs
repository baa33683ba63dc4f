using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Waybill.Infrastructure.Storage;

namespace Waybill.Infrastructure.Tests.Storage;

/// <summary>Azurite's table service for the tests of a collection, in memory and on loopback.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const string Variable = "WAYBILL_AZURITE";

    // Not the table's name: the SDK cuts that off the end of the endpoint, and a path of the account alone would be gone.
    private const string Account = "account1";

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string? _executable = Environment.GetEnvironmentVariable(Variable);
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly int _port = FreePort();
    private Process? _process;
    private DirectoryInfo? _folder;

    /// <summary>Where the service is; where there is none, this skips the test that asks.</summary>
    public string ConnectionString
    {
        get
        {
            Skip.If(_process is null, $"no Azurite: {Variable} is not set to the path of azurite-table");
            return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};TableEndpoint=http://127.0.0.1:{_port}/{Account};";
        }
    }

    public async Task<AzureTableRowStore> CreateStoreAsync(Action<TableClientOptions>? configure = null)
    {
        var options = new AzureTableOptions { ConnectionString = ConnectionString, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var store = new AzureTableRowStore(AzureTableClients.Create(options, configure));
        await store.InitializeAsync(CancellationToken.None);
        return store;
    }

    public async Task InitializeAsync()
    {
        if (!string.IsNullOrEmpty(_executable))
        {
            _folder = Directory.CreateTempSubdirectory("waybill-azurite-");
            _process = Start(_executable, _folder.FullName);
            await UntilListeningAsync(_process);
        }
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder?.Delete(recursive: true);
    }

    private Process Start(string executable, string folder)
    {
        string[] arguments =
        [
            "--tableHost", "127.0.0.1", "--tablePort", $"{_port}",
            "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
        ];
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = folder,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{_key}" },
        };
        return Process.Start(start)!;
    }

    private async Task UntilListeningAsync(Process process)
    {
        for (var started = Stopwatch.StartNew(); started.Elapsed < StartDeadline && !process.HasExited;)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100);
            }
        }

        throw new InvalidOperationException($"'{_executable}' did not listen on port {_port} within {StartDeadline} (exited: {process.HasExited}).");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[CollectionDefinition(nameof(AzuriteFixture))]
public sealed class AzuriteCollection : ICollectionFixture<AzuriteFixture>;
