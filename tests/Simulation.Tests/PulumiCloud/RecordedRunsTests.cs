using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.PulumiCloud;
using Waybill.TestParts;

namespace Waybill.Simulation.Tests.PulumiCloud;

/// <summary>The simulated operator and the simulated Pulumi Cloud together.</summary>
public sealed class RecordedRunsTests : IAsyncLifetime, IDisposable
{
    private const string PulumiStack = "acme/site/dev";
    private static readonly string Commit = new('c', 40);

    private SimulatedPulumiCloud _cloud = null!;
    private SimulatedCluster _cluster = null!;
    private Kubernetes _client = null!;

    public async Task InitializeAsync()
    {
        _cloud = await SimulatedPulumiCloud.StartAsync();
        _cluster = await SimulatedCluster.StartAsync(
            new OperatorScript { RetryFactor = 0 }, interval: TimeSpan.FromMilliseconds(10), recorder: _cloud);
        _client = new Kubernetes(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new FileInfo(_cluster.KubeconfigPath)));
        await _cluster.CreateStackAsync(new("dev", PulumiStack, "https://github.com/acme/site"));
        await UntilAsync(s => (string?)s["status"]?["lastUpdate"]?["state"] is "succeeded");
    }

    public void Dispose() => _client.Dispose();

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Fact]
    public async Task A_success_links_to_its_record_which_says_why_it_ran()
    {
        await AskAsync("ask-1");

        var stack = await UntilAsync(s => (string?)s["status"]?["lastUpdate"]?["reconcileRequest"] is "ask-1");

        var newest = _cloud.History(PulumiStack)[0];
        Assert.Equal($"https://app.pulumi.com/{PulumiStack}/updates/{newest.Version}", (string?)stack["status"]!["lastUpdate"]!["permalink"]);
        Assert.Equal(("update", "succeeded", Commit), (newest.Kind, newest.Result, newest.Environment["git.head"]));
        Assert.Equal(["New stack generation: 2", "Initial stack update"], _cloud.History(PulumiStack).Select(r => r.Message));
    }

    [Fact]
    public async Task A_failure_has_a_record_but_no_link_and_so_has_every_try_again()
    {
        _cluster.Script.Plan(Commit, new RunPlan { FailsWith = "boom" });
        await AskAsync("ask-1");

        var stack = await UntilAsync(s => (int?)s["status"]?["lastUpdate"]?["failures"] is 3);

        Assert.Null(stack["status"]!["lastUpdate"]!["permalink"]);
        Assert.Equal(
            ["Backoff time elapsed: 90s", "Backoff time elapsed: 30s", "Backoff time elapsed: 10s", "New stack generation: 2"],
            _cloud.History(PulumiStack).Take(4).Select(r => r.Message));
        Assert.All(_cloud.History(PulumiStack).Take(4), r => Assert.Equal("failed", r.Result));
    }

    [Fact]
    public async Task Asking_again_for_the_same_commit_is_recorded_with_the_request()
    {
        await AskAsync("ask-1");
        await UntilAsync(s => (string?)s["status"]?["lastUpdate"]?["reconcileRequest"] is "ask-1");
        await AskAsync("ask-2");
        await UntilAsync(s => (string?)s["status"]?["lastUpdate"]?["reconcileRequest"] is "ask-2");

        Assert.Equal("Sync request: \"ask-2\"", _cloud.History(PulumiStack)[0].Message);
    }

    [Fact]
    public async Task The_backend_may_know_better_than_the_operator()
    {
        _cluster.Script.Plan(Commit, new RunPlan { BackendResult = "failed" });
        await AskAsync("ask-1");

        var stack = await UntilAsync(s => (string?)s["status"]?["lastUpdate"]?["reconcileRequest"] is "ask-1");

        Assert.Equal(("succeeded", "failed"), ((string?)stack["status"]!["lastUpdate"]!["state"], _cloud.History(PulumiStack)[0].Result));
    }

    private Task<JsonObject> AskAsync(string request) => _client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
        new V1Patch(
            $$$"""{ "spec": { "commit": "{{{Commit}}}", "branch": null }, "metadata": { "annotations": { "pulumi.com/reconciliation-request": "{{{request}}}" } } }""",
            V1Patch.PatchType.MergePatch),
        "pulumi.com",
        "v1",
        "default",
        "stacks",
        "dev");

    private async Task<JsonObject> UntilAsync(Func<JsonObject, bool> shows)
    {
        JsonObject seen = [];
        await Poll.UntilAsync("the Stack's status", TimeSpan.FromSeconds(30), async cancellationToken =>
            shows(seen = await _client.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>(
                "pulumi.com", "v1", "default", "stacks", "dev", cancellationToken)));
        return seen;
    }
}
