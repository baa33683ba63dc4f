using k8s;
using Microsoft.Extensions.DependencyInjection;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Simulation.ArgoCd;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;
using Waybill.Simulation.PulumiCloud;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.GitOps;

/// <summary>What a GitOps pipeline stands in: two repositories, Argo CD between them and a cluster with the operator, and Pulumi Cloud.</summary>
internal sealed class GitOpsWorld : IWorld, IAsyncDisposable
{
    private readonly GitOpsPipeline _pipeline;
    private readonly TemporaryFolder _folder = new();
    private readonly Stack<IAsyncDisposable> _parts = new();

    private GitOpsWorld(GitOpsPipeline pipeline) => _pipeline = pipeline;

    public SimulatedGitHub GitHub { get; private set; } = null!;

    public SimulatedRepository Program { get; private set; } = null!;

    public SimulatedRepository StackManifests { get; private set; } = null!;

    public SimulatedPulumiCloud Cloud { get; private set; } = null!;

    public ArgoCdScript ArgoCd { get; } = new();

    public OperatorScript Script { get; } = new() { RetryFactor = 0.01, Default = Deploys };

    private static RunPlan Deploys { get; } = new()
    {
        Duration = TimeSpan.FromSeconds(1),
        ResourceChanges = new Dictionary<string, int> { ["create"] = 2, ["same"] = 5 },
    };

    public IKubernetes Cluster { get; private set; } = null!;

    public string Kubeconfig { get; private set; } = "";

    public string Project => _pipeline.Project;

    public string Manifests => Path.Combine(_folder.Path, "manifests");

    public string Data => Path.Combine(_folder.Path, "data");

    /// <summary>On a real kube-apiserver, or the in-process one when there is none.</summary>
    public static async Task<GitOpsWorld> CreateAsync(GitOpsPipeline pipeline, KubeApiServer? server = null)
    {
        var world = new GitOpsWorld(pipeline);
        world.WriteManifests();
        world.GitHub = world.Keep(await SimulatedGitHub.StartAsync());
        world.Cloud = world.Keep(await SimulatedPulumiCloud.StartAsync());
        (world.Program, world.StackManifests) = (world.CreateRepository(pipeline.Program), world.CreateRepository(pipeline.Manifests));
        world.StackManifests.Commit("main", new CommitContent("Describe the Stacks")
        {
            Texts = pipeline.Stacks.ToDictionary(s => PathOf(s.Key), s => s.Value),
        });
        await world.StartClusterAsync(server);
        await world.StartArgoCdAsync();
        return world;
    }

    public static string PathOf(string stack) => $"stacks/{stack}.yaml";

    public Task<RunningWaybill> StartWaybillAsync(params string[] settings) => RunningWaybill.StartAsync(
        this,
        services => services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new Detour(Cloud.ApiUrl))),
        [
            $"--{_pipeline.TokenSetting}", Cloud.Token,
            "--PulumiCloud:BaseUrl", Cloud.ApiUrl.ToString(),
            "--PulumiCloud:Token", Cloud.Token,
            .. settings,
        ]);

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }

        Cluster.Dispose();
        _folder.Dispose();
    }

    private void WriteManifests()
    {
        Directory.CreateDirectory(Manifests);
        foreach (var (name, text) in _pipeline.Files)
        {
            File.WriteAllText(Path.Combine(Manifests, name), text);
        }
    }

    private SimulatedRepository CreateRepository(string fullName) => GitHub.CreateRepository(fullName.Split('/')[0], fullName.Split('/')[1]);

    private async Task StartClusterAsync(KubeApiServer? server)
    {
        Kubeconfig = _folder.Combine("kubeconfig");
        if (server is null)
        {
            var simulated = Keep(await SimulatedApiServer.StartAsync(TimeProvider.System));
            await simulated.WriteKubeconfigAsync(Kubeconfig);
            Cluster = new Kubernetes(simulated.CreateConfiguration());
        }
        else
        {
            await server.WriteKubeconfigAsync(Kubeconfig);
            Cluster = server.CreateClient();
            await Cluster.CoreV1.CreateNamespaceAsync(new k8s.Models.V1Namespace { Metadata = new() { Name = "argocd" } });
        }

        Keep(SimulatedOperator.Start(Cluster, Script, interval: TimeSpan.FromMilliseconds(100), recorder: Cloud));
    }

    private async Task StartArgoCdAsync()
    {
        // One Application for all stages, as the article has it: what several stages commit goes through the same one.
        await new SimulatedApplication("stacks", StackManifests.CloneUrl, "stacks") { SelfHeal = true }.CreateAsync(Cluster);
        Keep(SimulatedArgoCd.Start(Cluster, [StackManifests], ArgoCd, interval: TimeSpan.FromMilliseconds(100)));
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Leads what the manifests ask of Pulumi Cloud to the simulated one.</summary>
    private sealed class Detour(Uri cloud) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is { Host: "api.pulumi.com" } wanted)
            {
                request.RequestUri = new Uri(cloud, wanted.PathAndQuery);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
