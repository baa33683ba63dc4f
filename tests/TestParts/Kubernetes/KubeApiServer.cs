using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using k8s;

namespace Waybill.TestParts;

/// <summary>A real kube-apiserver over a real etcd, on loopback ports, with the operator's resources installed; no controllers.</summary>
public sealed class KubeApiServer : IAsyncDisposable
{
    private static readonly TimeSpan EtcdDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ServerDeadline = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _folder;
    private readonly KubeApiServerCredentials _credentials;
    private readonly List<GuardedProcess> _processes = [];

    private KubeApiServer(TemporaryFolder folder)
    {
        _folder = folder;
        _credentials = KubeApiServerCredentials.Write(folder);
    }

    /// <summary>Why a test that needs the server is skipped, or null where it can start.</summary>
    public static string? SkipReason => KubeApiServerBinaries.TryFind() is null ? KubeApiServerBinaries.Missing : null;

    /// <summary>Where the server listens (https, loopback).</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Bearer token of a cluster administrator.</summary>
    public string AdminToken => _credentials.AdminToken;

    /// <summary>The certificate that the server's own was signed with.</summary>
    public X509Certificate2 Authority => _credentials.Authority;

    /// <summary>Which resource definitions were installed: a folder, or the tests' own.</summary>
    public string DefinitionsOrigin { get; private set; } = "";

    /// <summary>Starts the server, or returns null where its programs are not there (<see cref="SkipReason"/> says why).</summary>
    public static async Task<KubeApiServer?> TryStartAsync() => KubeApiServerBinaries.TryFind() is { } binaries
        ? await Startup.WithFreePortsAsync(() => StartAsync(binaries))
        : null;

    /// <summary>How KubernetesClient reaches the server with a token (the administrator's unless given).</summary>
    public KubernetesClientConfiguration CreateConfiguration(string? token = null) => new()
    {
        Host = BaseAddress.AbsoluteUri.TrimEnd('/'),
        AccessToken = token ?? AdminToken,
        SslCaCerts = [Authority],
    };

    /// <summary>A client for the whole API with a token (the administrator's unless given).</summary>
    public Kubernetes CreateClient(string? token = null) => new(CreateConfiguration(token));

    /// <summary>Plain HTTP to the server with a token (the administrator's unless given), for what a client hides.</summary>
    public HttpClient CreateHttpClient(string? token = null)
    {
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        trust.CustomTrustStore.Add(Authority);
        var handler = new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } };
        return new HttpClient(handler)
        {
            BaseAddress = BaseAddress,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token ?? AdminToken) },
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _credentials.Dispose();
        _folder.Dispose();
    }

    private static async Task<KubeApiServer> StartAsync(KubeApiServerBinaries binaries)
    {
        var server = new KubeApiServer(new TemporaryFolder());
        try
        {
            var etcd = await server.StartEtcdAsync(binaries.Etcd);
            await server.StartApiServerAsync(binaries.ApiServer, etcd);
            await server.InstallDefinitionsAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task<Uri> StartEtcdAsync(string executable)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.FindFree()}");
        var process = Start(executable, KubeApiServerArguments.Etcd(_folder, address));
        using var client = new HttpClient { BaseAddress = address };
        await process.UntilReadyAsync("etcd", EtcdDeadline, cancellation => IsOkAsync(client, "health", cancellation));
        return address;
    }

    private async Task StartApiServerAsync(string executable, Uri etcd)
    {
        BaseAddress = new Uri($"https://127.0.0.1:{LoopbackPort.FindFree()}");
        var process = Start(executable, KubeApiServerArguments.ApiServer(_folder, BaseAddress, etcd));
        using var client = CreateHttpClient();
        await process.UntilReadyAsync("kube-apiserver", ServerDeadline, cancellation => IsOkAsync(client, "readyz", cancellation));
    }

    private async Task InstallDefinitionsAsync()
    {
        var definitions = CustomResources.Find();
        using var admin = CreateHttpClient();
        await definitions.InstallAsync(admin);
        DefinitionsOrigin = definitions.Origin;
    }

    private GuardedProcess Start(string executable, IEnumerable<string> arguments)
    {
        var process = GuardedProcess.Start(executable, arguments, _folder);
        _processes.Add(process);
        return process;
    }

    private static async Task<bool> IsOkAsync(HttpClient client, string path, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(path, cancellationToken);
        return answer.IsSuccessStatusCode;
    }
}
