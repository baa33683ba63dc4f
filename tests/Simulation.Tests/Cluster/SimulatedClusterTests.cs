using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;

namespace Waybill.Simulation.Tests.Cluster;

/// <summary>The whole simulated cluster, by the operator's own times on a clock that the test moves.</summary>
public sealed class SimulatedClusterTests : IAsyncLifetime
{
    private static readonly string Commit = new('c', 40);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private SimulatedCluster _cluster = null!;
    private Kubernetes _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SimulatedCluster.StartAsync(time: _time, interval: TimeSpan.FromMilliseconds(10));
        _client = await ConnectAsync(_cluster.KubeconfigPath);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_new_Stack_runs_its_branch_at_once()
    {
        await _cluster.CreateStackAsync(new("dev", "org/program/dev", "https://github.com/org/program") { AuthorizedStages = "shop:dev" });

        var stack = await UntilAsync(s => Condition(s, "Ready") is "True");

        Assert.Equal("main", (string?)stack["status"]!["lastUpdate"]!["lastSuccessfulCommit"]);
        Assert.Equal("shop:dev", (string?)stack["metadata"]!["annotations"]!["waybill.dev/authorized-stage"]);
    }

    [Fact]
    public async Task A_failing_run_is_tried_again_after_10_30_and_90_seconds_and_no_more()
    {
        _cluster.Script.Plan(Commit, new() { FailsWith = "boom" });
        await _cluster.CreateStackAsync(new("dev", "org/program/dev", "https://github.com/org/program") { Commit = Commit });

        for (var failures = 0; failures < 3; failures++)
        {
            var stack = await UntilAsync(s => Failures(s) == failures && Condition(s, "Reconciling") is "True" && s["status"]!["currentUpdate"] is null);
            Assert.Equal("RetryingAfterFailure", Reason(stack, "Reconciling"));

            // The operator counts from when it notices the failure, so the clock moves in two steps: almost there, and there.
            _time.Advance(TimeSpan.FromSeconds((10 * Math.Pow(3, failures)) - 1));
            await UntilLookedAtAsync();
            Assert.Equal(failures, Failures(await GetAsync()));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        var stalled = await UntilAsync(s => Condition(s, "Stalled") is "True");
        Assert.Equal(("UpdateFailed", 3, "boom"), (Reason(stalled, "Stalled"), Failures(stalled), (string?)stalled["status"]!["lastUpdate"]!["message"]));
        _time.Advance(TimeSpan.FromHours(1));
        await UntilLookedAtAsync();
        Assert.Equal(3, Failures(await GetAsync()));
    }

    [Fact]
    public async Task A_failed_preview_says_that_it_was_one()
    {
        _cluster.Script.Default = new() { FailsWith = "boom" };
        await _cluster.CreateStackAsync(new("dev", "org/program/dev", "https://github.com/org/program") { Preview = true });

        var stack = await UntilAsync(s => Reason(s, "Reconciling") is "PreviewFailed");

        Assert.Equal("preview", (string?)stack["status"]!["lastUpdate"]!["type"]);
    }

    [Fact]
    public async Task A_run_takes_the_time_that_the_script_says()
    {
        _cluster.Script.Default = new() { Duration = TimeSpan.FromMinutes(3) };
        await _cluster.CreateStackAsync(new("dev", "org/program/dev", "https://github.com/org/program"));
        await UntilAsync(s => s["status"]?["currentUpdate"] is not null);
        await UntilLookedAtAsync();

        _time.Advance(TimeSpan.FromMinutes(2));
        await UntilLookedAtAsync();
        Assert.NotNull((await GetAsync())["status"]!["currentUpdate"]);
        _time.Advance(TimeSpan.FromMinutes(1));

        await UntilAsync(s => Condition(s, "Ready") is "True");
    }

    [Fact]
    public async Task A_spec_with_both_a_commit_and_a_branch_stalls()
    {
        await _cluster.CreateStackAsync(new("dev", "org/program/dev", "https://github.com/org/program"));
        await UntilAsync(s => Condition(s, "Ready") is "True");

        await PatchAsync($$$"""{"spec":{"commit":"{{{Commit}}}"}}""");

        await UntilAsync(s => Reason(s, "Stalled") is "SpecInvalid");
    }

    [Fact]
    public async Task A_script_that_throws_does_not_end_the_operator()
    {
        _cluster.Script.Decide = _ => throw new InvalidOperationException("a mistake in the script");
        await _cluster.CreateStackAsync(new("dev", "org/program/dev", "https://github.com/org/program"));
        await Poll.UntilAsync("the mistake", TimeSpan.FromSeconds(20), _ => Task.FromResult(_cluster.OperatorError is InvalidOperationException));

        _cluster.Script.Decide = null;

        await UntilAsync(s => Condition(s, "Ready") is "True");
    }

    private static async Task<Kubernetes> ConnectAsync(string kubeconfig) =>
        new(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new FileInfo(kubeconfig)));

    private static string? Condition(JsonObject stack, string type) => (string?)Find(stack, type)?["status"];

    private static string? Reason(JsonObject stack, string type) => (string?)Find(stack, type)?["reason"];

    private static JsonNode? Find(JsonObject stack, string type) =>
        stack["status"]?["conditions"]?.AsArray().FirstOrDefault(c => (string?)c!["type"] == type);

    private static int? Failures(JsonObject stack) => (int?)stack["status"]?["lastUpdate"]?["failures"];

    private Task<JsonObject> GetAsync() => _client.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>("pulumi.com", "v1", "default", "stacks", "dev");

    private Task<JsonObject> PatchAsync(string patch) => _client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
        new V1Patch(patch, V1Patch.PatchType.MergePatch), "pulumi.com", "v1", "default", "stacks", "dev");

    private async Task<JsonObject> UntilAsync(Func<JsonObject, bool> shows)
    {
        JsonObject seen = [];
        await Poll.UntilAsync("the Stack's status", TimeSpan.FromSeconds(30), async _ => shows(seen = await GetAsync()));
        return seen;
    }

    private async Task UntilLookedAtAsync()
    {
        var rounds = _cluster.OperatorRounds;
        await Poll.UntilAsync("two rounds of the operator", TimeSpan.FromSeconds(20), _ => Task.FromResult(_cluster.OperatorRounds >= rounds + 2));
    }
}
