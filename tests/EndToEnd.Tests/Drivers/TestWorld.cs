using k8s;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;
using Waybill.Simulation.PulumiCloud;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Drivers;

/// <summary>What a Waybill under test stands in: a GitHub with one program, a cluster, and a folder of manifests.</summary>
internal sealed class TestWorld : IWorld, IAsyncDisposable
{
    public const string Project = "hello";
    public const string WebhookSecret = "the secret of this test's webhook";
    public const string RepositoryUrl = "https://github.com/waybill-demo/hello";

    private readonly TemporaryFolder _folder;
    private readonly IAsyncDisposable _cluster;

    private TestWorld(SimulatedGitHub gitHub, OperatorScript script, IAsyncDisposable cluster, string kubeconfig, TemporaryFolder folder)
    {
        (GitHub, Script, _cluster, Kubeconfig, _folder) = (gitHub, script, cluster, kubeconfig, folder);
        Program = gitHub.CreateRepository("waybill-demo", "hello");
    }

    public SimulatedGitHub GitHub { get; }

    public SimulatedRepository Program { get; }

    /// <summary>What the operator does with runs.</summary>
    public OperatorScript Script { get; }

    /// <summary>The in-process API server; null on a real one.</summary>
    public SimulatedApiServer? ApiServer { get; private init; }

    /// <summary>Where the operator's runs are recorded; null for a backend that shows nothing.</summary>
    public SimulatedPulumiCloud? PulumiCloud { get; private init; }

    public string Kubeconfig { get; }

    public required IKubernetes Cluster { get; init; }

    public string Manifests => Path.Combine(_folder.Path, "manifests");

    string IWorld.Project => Project;

    public string Data => Path.Combine(_folder.Path, "data");

    /// <summary>On the in-process API server.</summary>
    /// <param name="pulumiCloud">Where runs are recorded; the world's own from now on.</param>
    public static async Task<TestWorld> CreateAsync(SimulatedPulumiCloud? pulumiCloud = null)
    {
        var script = QuickScript();
        var cluster = await SimulatedCluster.StartAsync(script, interval: TimeSpan.FromMilliseconds(50), recorder: pulumiCloud);
        return new TestWorld(await SimulatedGitHub.StartAsync(), script, cluster, cluster.KubeconfigPath, new TemporaryFolder())
        {
            ApiServer = cluster.Server,
            PulumiCloud = pulumiCloud,
            Cluster = new Kubernetes(cluster.Server.CreateConfiguration()),
        };
    }

    /// <summary>On a real kube-apiserver: the same operator, as a controller on it.</summary>
    public static async Task<TestWorld> CreateAsync(KubeApiServer server, SimulatedPulumiCloud? pulumiCloud = null)
    {
        var script = QuickScript();
        var folder = new TemporaryFolder();
        var kubeconfig = folder.Combine("kubeconfig");
        await server.WriteKubeconfigAsync(kubeconfig);
        var client = server.CreateClient();
        var simulatedOperator = SimulatedOperator.Start(client, script, interval: TimeSpan.FromMilliseconds(100), recorder: pulumiCloud);
        return new TestWorld(await SimulatedGitHub.StartAsync(), script, simulatedOperator, kubeconfig, folder)
        {
            Cluster = client,
            PulumiCloud = pulumiCloud,
        };
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
        await _cluster.DisposeAsync();
        await GitHub.DisposeAsync();
        await (PulumiCloud?.DisposeAsync() ?? ValueTask.CompletedTask);
        Cluster.Dispose();
        _folder.Dispose();
    }

    private static OperatorScript QuickScript() =>
        new() { RetryFactor = 0.01, Default = new RunPlan { Duration = TimeSpan.FromMilliseconds(200) } };
}
