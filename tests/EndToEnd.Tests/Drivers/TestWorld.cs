using k8s;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>What a Waybill under test stands in: a GitHub with one program, a cluster, and a folder of manifests.</summary>
internal sealed class TestWorld : IAsyncDisposable
{
    public const string Project = "hello";
    public const string WebhookSecret = "the secret of this test's webhook";
    public const string RepositoryUrl = "https://github.com/waybill-demo/hello";

    private readonly TemporaryFolder _folder = new();
    private readonly List<IAsyncDisposable> _parts = [];

    private TestWorld(SimulatedGitHub gitHub)
    {
        GitHub = gitHub;
        Program = gitHub.CreateRepository("waybill-demo", "hello");
        _parts.Add(gitHub);
    }

    public SimulatedGitHub GitHub { get; }

    public SimulatedRepository Program { get; }

    /// <summary>What the operator does with runs.</summary>
    public OperatorScript Script { get; } = new() { RetryFactor = 0.01, Default = new RunPlan { Duration = TimeSpan.FromMilliseconds(200) } };

    /// <summary>The in-process API server; null on a real one.</summary>
    public SimulatedApiServer? ApiServer { get; private set; }

    public required string Kubeconfig { get; init; }

    public required IKubernetes Cluster { get; init; }

    public string Manifests => Path.Combine(_folder.Path, "manifests");

    public string Data => Path.Combine(_folder.Path, "data");

    /// <summary>On the in-process API server.</summary>
    public static async Task<TestWorld> CreateAsync()
    {
        var gitHub = await SimulatedGitHub.StartAsync();
        var server = await SimulatedApiServer.StartAsync();
        var kubeconfig = Path.Combine(Directory.CreateTempSubdirectory("waybill-").FullName, "kubeconfig");
        await server.WriteKubeconfigAsync(kubeconfig);
        var world = new TestWorld(gitHub) { ApiServer = server, Kubeconfig = kubeconfig, Cluster = new Kubernetes(server.CreateConfiguration()) };
        world._parts.Add(server);
        world._parts.Add(SimulatedOperator.Start(new Kubernetes(server.OperatorConfiguration()), world.Script, interval: TimeSpan.FromMilliseconds(50)));
        return world;
    }

    /// <summary>On a real kube-apiserver: the same operator, as a controller on it.</summary>
    public static async Task<TestWorld> CreateAsync(KubeApiServer server)
    {
        var gitHub = await SimulatedGitHub.StartAsync();
        var kubeconfig = Path.Combine(Directory.CreateTempSubdirectory("waybill-").FullName, "kubeconfig");
        await server.WriteKubeconfigAsync(kubeconfig);
        var world = new TestWorld(gitHub) { Kubeconfig = kubeconfig, Cluster = server.CreateClient() };
        world._parts.Add(SimulatedOperator.Start(server.CreateClient(), world.Script, interval: TimeSpan.FromMilliseconds(100)));
        return world;
    }

    public void WriteManifests(string yaml)
    {
        Directory.CreateDirectory(Manifests);
        File.WriteAllText(Path.Combine(Manifests, "pipeline.yaml"), yaml);
    }

    public Task CreateStackAsync(string name, string stages) =>
        new SimulatedStack(name, $"waybill-demo/hello/{name}", RepositoryUrl) { AuthorizedStages = stages }.CreateAsync(Cluster);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }

        Cluster.Dispose();
        Directory.Delete(Path.GetDirectoryName(Kubeconfig)!, recursive: true);
        _folder.Dispose();
    }
}
