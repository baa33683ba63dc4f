using k8s;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>An API server to test against, simulated or real, with a namespace of the test's own.</summary>
public abstract class ClusterUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-test-");

    /// <summary>A client that may do anything.</summary>
    public IKubernetes Admin { get; protected init; } = null!;

    public required string Namespace { get; init; }

    /// <summary>The path of a kubeconfig file with a token: the administrator's unless given.</summary>
    public Task<string> WriteKubeconfigAsync(string? token = null) =>
        WriteKubeconfigAsync(Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.yaml"), token);

    /// <summary>A token that may do only this with Stacks in the namespace.</summary>
    public abstract Task<string> CreateTokenAsync(params string[] verbs);

    public virtual ValueTask DisposeAsync()
    {
        Admin.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<string> WriteKubeconfigAsync(string path, string? token);
}

/// <summary>The in-process API server.</summary>
public sealed class SimulatedClusterUnderTest : ClusterUnderTest
{
    public required SimulatedApiServer Server { get; init; }

    public static async Task<SimulatedClusterUnderTest> StartAsync()
    {
        var server = await SimulatedApiServer.StartAsync();
        return new SimulatedClusterUnderTest
        {
            Server = server,
            Admin = new k8s.Kubernetes(server.CreateConfiguration()),
            Namespace = "default",
        };
    }

    public override Task<string> CreateTokenAsync(params string[] verbs) =>
        Task.FromResult(Server.AddUser("restricted", (verb, resource) => resource == "stacks" && verbs.Contains(verb)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }

    protected override Task<string> WriteKubeconfigAsync(string path, string? token) => Server.WriteKubeconfigAsync(path, token);
}

/// <summary>A real kube-apiserver that many tests share.</summary>
public sealed class RealClusterUnderTest : ClusterUnderTest
{
    public required KubeApiServer Server { get; init; }

    public static async Task<RealClusterUnderTest> StartAsync(KubeApiServer server) => new()
    {
        Server = server,
        Admin = server.CreateClient(),
        Namespace = await server.CreateNamespaceAsync(),
    };

    public override Task<string> CreateTokenAsync(params string[] verbs) => Server.CreateServiceAccountTokenAsync(
        Namespace, "restricted", new k8s.Models.V1PolicyRule { ApiGroups = ["pulumi.com"], Resources = ["stacks"], Verbs = verbs });

    protected override Task<string> WriteKubeconfigAsync(string path, string? token) => Server.WriteKubeconfigAsync(path, token);
}
