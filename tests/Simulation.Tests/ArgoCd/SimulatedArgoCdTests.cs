using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Waybill.Simulation.ArgoCd;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.GitHub;
using Waybill.TestParts;

namespace Waybill.Simulation.Tests.ArgoCd;

/// <summary>The simulated Argo CD on the simulated cluster, by Argo CD's own times on a clock that the test moves.</summary>
public sealed class SimulatedArgoCdTests : IAsyncLifetime
{
    private static readonly string First = new('a', 40);
    private static readonly string Second = new('b', 40);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly ArgoCdScript _script = new();
    private SimulatedGitHub _gitHub = null!;
    private SimulatedRepository _manifests = null!;
    private SimulatedCluster _cluster = null!;
    private Kubernetes _client = null!;
    private SimulatedArgoCd _argo = null!;

    public async Task InitializeAsync()
    {
        _gitHub = await SimulatedGitHub.StartAsync(_time);
        _manifests = _gitHub.CreateRepository("org", "manifests");
        await CommitAsync(First);
        _cluster = await SimulatedCluster.StartAsync(time: _time, interval: TimeSpan.FromMilliseconds(10));
        _client = Connect();
        _argo = _cluster.StartArgoCd([_manifests], _script, _time, TimeSpan.FromMilliseconds(10));
    }

    public async Task DisposeAsync()
    {
        await _argo.DisposeAsync();
        _client.Dispose();
        await _cluster.DisposeAsync();
        await _gitHub.DisposeAsync();
    }

    [Fact]
    public async Task A_new_Application_creates_its_Stacks_and_says_so()
    {
        await CreateAsync(a => a with { AuthorizedStages = "shop:dev" });

        var application = await UntilAsync(a => Sync(a) is "Synced" && Health(a) is "Healthy");
        var stack = await StackAsync();

        Assert.Equal(First, Commit(stack));
        Assert.Equal("infra:pulumi.com/Stack:default/dev", (string?)stack["metadata"]!["annotations"]!["argocd.argoproj.io/tracking-id"]);
        Assert.Equal(_manifests.HeadOf("main"), (string?)application["status"]!["sync"]!["revision"]);
        Assert.Equal(("Succeeded", _manifests.HeadOf("main")), (Phase(application), (string?)State(application)!["syncResult"]!["revision"]));
        Assert.Single(application["status"]!["history"]!.AsArray());
        Assert.Null(application["operation"]);
        Assert.Equal("shop:dev", (string?)application["metadata"]!["annotations"]!["kargo.akuity.io/authorized-stage"]);
    }

    [Fact]
    public async Task A_commit_is_noticed_after_two_minutes_or_when_somebody_asks()
    {
        await CreateAsync();
        await UntilAsync(a => Sync(a) is "Synced");
        await CommitAsync(Second);
        await UntilLookedAtAsync();
        Assert.Equal(First, Commit(await StackAsync()));

        await PatchAsync("""{"metadata":{"annotations":{"argocd.argoproj.io/refresh":"normal"}}}""");
        var asked = await UntilAsync(a => Sync(a) is "Synced" && Revision(a) == _manifests.HeadOf("main"));
        Assert.Equal(Second, Commit(await StackAsync()));
        Assert.Null(asked["metadata"]!["annotations"]?["argocd.argoproj.io/refresh"]);

        await CommitAsync(First);
        _time.Advance(TimeSpan.FromSeconds(121));
        await UntilAsync(a => Sync(a) is "Synced" && Revision(a) == _manifests.HeadOf("main"));
        Assert.Equal(First, Commit(await StackAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_direct_change_is_undone_only_by_self_healing(bool selfHeal)
    {
        await CreateAsync(a => a with { SelfHeal = selfHeal });
        await UntilAsync(a => Sync(a) is "Synced");

        await PatchStackAsync($$$"""{"spec":{"commit":"{{{Second}}}","branch":null}}""");
        await UntilAsync(a => Sync(a) is "OutOfSync");
        Assert.Equal(Second, Commit(await StackAsync()));
        _time.Advance(TimeSpan.FromSeconds(6));
        await (selfHeal ? UntilAsync(a => Sync(a) is "Synced") : UntilLookedAtAsync());

        Assert.Equal(selfHeal ? First : Second, Commit(await StackAsync()));
    }

    [Fact]
    public async Task A_manual_Application_waits_for_an_operation_and_carries_it_out()
    {
        await CreateAsync(a => a with { Automated = false });
        await UntilAsync(a => Sync(a) is "OutOfSync" && Health(a) is "Missing");
        await UntilLookedAtAsync();

        await PatchAsync("""{"operation":{"initiatedBy":{"username":"ada"},"info":[{"name":"kargo.akuity.io/promotion","value":"p1"}],"sync":{"revisions":[]}}}""");
        var synced = await UntilAsync(a => Sync(a) is "Synced");

        Assert.Equal(("Succeeded", "p1"), (Phase(synced), (string?)State(synced)!["operation"]!["info"]![0]!["value"]));
        Assert.Equal(First, Commit(await StackAsync()));
    }

    [Fact]
    public async Task A_removed_manifest_is_pruned_where_that_is_allowed()
    {
        await CreateAsync(a => a with { Prune = true });
        await UntilAsync(a => Sync(a) is "Synced");

        _manifests.Commit("main", new("Remove dev") { Removed = ["stacks/dev.yaml"], Texts = new Dictionary<string, string> { ["stacks/README.md"] = "none" } });
        _time.Advance(TimeSpan.FromSeconds(121));
        await UntilAsync(a => Revision(a) == _manifests.HeadOf("main") && Sync(a) is "Synced");

        await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(StackAsync);
    }

    [Theory]
    [InlineData("sync fails", "Failed", "no disk")]
    [InlineData("comparison", null, "no such repository")]
    [InlineData("window", "Running", "Sync operation blocked by sync window")]
    [InlineData("endless", "Running", "waiting for completion of hook")]
    [InlineData("bad yaml", null, "failed to unmarshal manifest")]
    [InlineData("no path", null, "app path does not exist")]
    public async Task Bad_days_look_as_they_do_in_Argo_CD(string day, string? phase, string message)
    {
        _script.Default = day switch
        {
            "sync fails" => new() { SyncFailsWith = "no disk" },
            "comparison" => new() { ComparisonError = "no such repository" },
            "window" => new() { IsBlockedByWindow = true },
            "endless" => new() { SyncNeverEnds = true },
            _ => new(),
        };
        if (day is "bad yaml")
        {
            _manifests.Commit("main", new("Break it") { Texts = new Dictionary<string, string> { ["stacks/dev.yaml"] = "a: [" } });
        }

        await CreateAsync(a => day is "no path" ? a with { Path = "nowhere" } : a);

        var application = await UntilAsync(a => a.ToJsonString().Contains(message, StringComparison.Ordinal));
        Assert.Equal((phase, phase is null ? "Unknown" : "OutOfSync"), (Phase(application), Sync(application)));
        Assert.Equal(phase is null ? "ComparisonError" : null, (string?)application["status"]!["conditions"]!.AsArray().FirstOrDefault()?["type"]);
    }

    [Fact]
    public async Task A_stale_status_is_older_than_the_operation()
    {
        await CreateAsync();
        var before = await UntilAsync(a => Sync(a) is "Synced");
        _script.Default = new() { IsStale = true };
        _time.Advance(TimeSpan.FromSeconds(30));

        await PatchAsync("""{"operation":{"sync":{}}}""");
        var after = await UntilAsync(a => Phase(a) is "Succeeded" && (string?)State(a)!["finishedAt"] != (string?)State(before)!["finishedAt"]);

        Assert.Equal((string?)before["status"]!["reconciledAt"], (string?)after["status"]!["reconciledAt"]);
    }

    [Fact]
    public async Task Health_is_the_Stacks_or_what_the_script_says()
    {
        _cluster.Script.RetryFactor = 0;
        _cluster.Script.Plan(First, new() { FailsWith = "boom" });
        await CreateAsync();
        await UntilAsync(a => Health(a) is "Degraded");

        _script.Default = new() { IgnoresStackHealth = true };
        await UntilAsync(a => Health(a) is "Healthy");
        _script.Default = new() { Health = "Suspended" };
        await UntilAsync(a => Health(a) is "Suspended");

        Assert.Null(_argo.LastError);
    }

    private static string? Sync(JsonObject application) => (string?)application["status"]?["sync"]?["status"];

    private static string? Revision(JsonObject application) => (string?)application["status"]?["sync"]?["revision"];

    private static string? Health(JsonObject application) => (string?)application["status"]?["health"]?["status"];

    private static JsonObject? State(JsonObject application) => application["status"]?["operationState"] as JsonObject;

    private static string? Phase(JsonObject application) => (string?)State(application)?["phase"];

    private static string? Commit(JsonObject stack) => (string?)stack["spec"]!["commit"];

    private Kubernetes Connect() => new(_cluster.Server.CreateConfiguration());

    private async Task CommitAsync(string commit) => await _manifests.PushAsync("main", [new($"Update dev to {commit}")
    {
        Texts = new Dictionary<string, string>
        {
            ["stacks/dev.yaml"] = $"""
                apiVersion: pulumi.com/v1
                kind: Stack
                metadata: {"{"}name: dev{"}"}
                spec:
                  stack: org/program/dev
                  projectRepo: https://github.com/org/program
                  commit: {commit}
                """,
        },
    }]);

    private Task CreateAsync(Func<SimulatedApplication, SimulatedApplication>? with = null)
    {
        var application = new SimulatedApplication("infra", _manifests.CloneUrl, "stacks");
        return _cluster.CreateApplicationAsync(with?.Invoke(application) ?? application);
    }

    private Task<JsonObject> PatchAsync(string patch) => _client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
        new V1Patch(patch, V1Patch.PatchType.MergePatch), "argoproj.io", "v1alpha1", "argocd", "applications", "infra");

    private Task<JsonObject> PatchStackAsync(string patch) => _client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
        new V1Patch(patch, V1Patch.PatchType.MergePatch), "pulumi.com", "v1", "default", "stacks", "dev");

    private Task<JsonObject> StackAsync() =>
        _client.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>("pulumi.com", "v1", "default", "stacks", "dev");

    private async Task<JsonObject> UntilAsync(Func<JsonObject, bool> shows)
    {
        JsonObject? seen = null;
        await Poll.UntilAsync("the Application to get there", Deadline, async token =>
        {
            seen = await _client.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>(
                "argoproj.io", "v1alpha1", "argocd", "applications", "infra", token);
            return shows(seen);
        });
        return seen!;
    }

    private Task UntilLookedAtAsync()
    {
        var rounds = _argo.Rounds + 2;
        return Poll.UntilAsync("Argo CD to look again", Deadline, _ => Task.FromResult(_argo.Rounds >= rounds));
    }
}
