using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.PulumiCloud;
using Waybill.Engine.Steps;
using Waybill.Engine.Steps.ArgoCd;
using Waybill.Infrastructure.ArgoCd;
using Waybill.Infrastructure.GitHub;
using Waybill.Infrastructure.Kubernetes;
using Waybill.Infrastructure.PulumiCloud;
using Waybill.Infrastructure.Tests.Kubernetes;
using Waybill.Simulation.ArgoCd;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;
using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.ArgoCd;

/// <summary>A cluster with Argo CD and the operator simulated on it, a repository of manifests, and Waybill's clients.</summary>
internal sealed class ArgoCdLoop : IAsyncDisposable
{
    public static readonly string First = new('a', 40);
    public static readonly string Second = new('b', 40);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ClusterUnderTest _cluster;
    private readonly ServiceProvider _services;
    private readonly SimulatedGitHub _gitHub;
    private readonly SimulatedOperator _operator;
    private readonly SimulatedArgoCd _argo;
    private readonly OctokitGitHubClient _octokit;

    private ArgoCdLoop(ClusterUnderTest cluster, ServiceProvider services, SimulatedGitHub gitHub)
    {
        (_cluster, _services, _gitHub) = (cluster, services, gitHub);
        Manifests = gitHub.CreateRepository("org", "manifests");
        Commit(First);
        _octokit = new OctokitGitHubClient(new GitHubOptions { BaseUrl = gitHub.ApiUrl.AbsoluteUri }, TimeProvider.System);
        var soon = TimeSpan.FromMilliseconds(20);
        _operator = SimulatedOperator.Start(cluster.Admin, Runs, @namespace: cluster.Namespace, interval: soon);
        _argo = SimulatedArgoCd.Start(cluster.Admin, [Manifests], Script, @namespace: cluster.Namespace, interval: soon);
    }

    public ArgoCdScript Script { get; } = new() { SelfHealAfter = TimeSpan.Zero };

    public OperatorScript Runs { get; } = new();

    public SimulatedRepository Manifests { get; }

    public IArgoCdClient Client => _services.GetRequiredService<IArgoCdClient>();

    public IStackClient Stacks => _services.GetRequiredService<IStackClient>();

    public ArgoCdUpdateStep Update => new(Client, _octokit);

    /// <summary>Without Pulumi Cloud, which has no token here.</summary>
    public PulumiStackUpdateStep StackUpdate =>
        new(Stacks, new StackWitness(_services.GetRequiredService<IPulumiCloudClient>(), _services.GetRequiredService<WitnessOptions>()));

    public ApplicationReference Infra => Client.Locate(null, "infra");

    public StackReference Dev => new(StackClients.Cluster, _cluster.Namespace, "dev");

    public static async Task<ArgoCdLoop> StartAsync(ClusterUnderTest cluster) =>
        new(cluster, Services(await cluster.WriteKubeconfigAsync(), cluster.Namespace), await SimulatedGitHub.StartAsync());

    public static ServiceProvider Services(string kubeconfig, string @namespace)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"Clusters:{StackClients.Cluster}:Kubeconfig"] = kubeconfig,
            ["ArgoCd:Namespace"] = @namespace,
        }).Build();
        return new ServiceCollection().AddWaybillKubernetes(settings).AddWaybillArgoCd(settings).AddWaybillPulumiCloud(settings).BuildServiceProvider();
    }

    /// <summary>Creates the Application that everything here is about; its Stack authorizes the stage too.</summary>
    public Task CreateAsync(Func<SimulatedApplication, SimulatedApplication>? with = null)
    {
        var application = new SimulatedApplication("infra", Manifests.CloneUrl, "stacks")
        {
            Namespace = _cluster.Namespace,
            DestinationNamespace = _cluster.Namespace,
            AuthorizedStages = "shop:dev",
        };
        return (with?.Invoke(application) ?? application).CreateAsync(_cluster.Admin);
    }

    /// <summary>Commits a manifest that has the Stack run a commit, and tells nobody.</summary>
    public void Commit(string commit) => Manifests.Commit("main", new($"Update dev to {commit}")
    {
        Texts = new Dictionary<string, string>
        {
            ["stacks/dev.yaml"] = $$"""
                apiVersion: pulumi.com/v1
                kind: Stack
                metadata: { name: dev, annotations: { waybill.dev/authorized-stage: "shop:dev" } }
                spec: { stack: org/program/dev, projectRepo: https://github.com/org/program, commit: "{{commit}}" }
                """,
        },
    });

    public Task PatchAsync(string patch) => _cluster.Admin.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
        new V1Patch(patch, V1Patch.PatchType.MergePatch), "argoproj.io", "v1alpha1", _cluster.Namespace, "applications", "infra");

    /// <summary>Waits until Argo CD shows something.</summary>
    public async Task<ApplicationSnapshot> UntilAsync(string what, Func<ApplicationSnapshot, bool> shows)
    {
        ApplicationSnapshot? seen = null;
        await Poll.UntilAsync($"{what} (Argo CD: {_argo.LastError})", Deadline, async token => (seen = await Client.GetAsync(Infra, token)) is not null && shows(seen));
        return seen!;
    }

    /// <summary>Runs a step again and again, as a promotion <c>p1</c> does, until it is over or says something.</summary>
    public async Task<StepResult> RunAsync(IPromotionStep step, string config, string? untilItSays = null)
    {
        var state = new StepState { StartedAt = DateTimeOffset.UtcNow };
        StepResult? result = null;
        await Poll.UntilAsync($"the step to be over (Argo CD: {_argo.LastError})", Deadline, async token =>
        {
            var promotion = Promotion(step.Uses, state);
            var context = new StepContext { Promotion = promotion, Index = 0, Config = JsonNode.Parse(config)!.AsObject(), Now = DateTimeOffset.UtcNow };
            result = await step.RunAsync(context, token);
            state = state with { Memory = result.Memory };
            return untilItSays is null ? result.Outcome is not StepOutcome.Waiting : result.Message.Contains(untilItSays, StringComparison.Ordinal);
        });
        return result!;
    }

    public async ValueTask DisposeAsync()
    {
        await _argo.DisposeAsync();
        await _operator.DisposeAsync();
        await _services.DisposeAsync();
        _octokit.Dispose();
        await _gitHub.DisposeAsync();
    }

    private static Promotion Promotion(string uses, StepState state) => new()
    {
        Project = "shop",
        Name = "p1",
        Stage = "dev",
        Actor = "ada",
        CreatedAt = DateTimeOffset.UtcNow,
        Freight = new FreightReference("f1", "brave-app", "app", []),
        Collection = new Dictionary<string, FreightReference>(),
        Steps = [new PromotionStep { Uses = uses, As = uses, Config = [] }],
        StepStates = [state],
    };
}
