using Waybill.Domain.ArgoCd;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Steps.ArgoCd;
using Waybill.Infrastructure.Tests.Kubernetes;
using Waybill.Simulation.ArgoCd;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;
using static Waybill.Infrastructure.Tests.ArgoCd.ArgoCdLoop;

namespace Waybill.Infrastructure.Tests.ArgoCd;

/// <summary>What Waybill and Argo CD make of each other, on whichever API server.</summary>
public abstract class ArgoCdLoopContract : IAsyncLifetime
{
    private const string Infra = """{ "apps": [{ "name": "infra" }] }""";

    private ClusterUnderTest _cluster = null!;
    private ArgoCdLoop? _loop;

    public async Task InitializeAsync()
    {
        if (CanRun)
        {
            _cluster = await StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await (_loop?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [SkippableFact]
    public async Task An_Application_is_read_with_what_Argo_CD_says_of_it()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();

        var synced = await loop.UntilAsync("the sync", a => a is { SyncStatus: "Synced", Health: "Healthy", IsStale: false });

        var head = loop.Manifests.HeadOf("main")!;
        Assert.Equal((head, head), (Assert.Single(synced.SyncRevisions), Assert.Single(Assert.Single(synced.History))));
        Assert.Equal(("Succeeded", "Argo CD's automated sync"), (synced.LastOperation!.Phase, synced.LastOperation.Operation.InitiatedBy));
        Assert.Equal(new ManagedStack(loop.Dev.Namespace, "dev"), Assert.Single(synced.Stacks));
        Assert.Equal((loop.Manifests.CloneUrl, "main"), (synced.Sources[0].RepoUrl, synced.Sources[0].TargetRevision));
        Assert.Equal("infra", ManagingApplication.Of((await loop.Stacks.GetStackAsync(loop.Dev, default))!)?.Name);
        Assert.Null(await loop.Client.GetAsync(loop.Client.Locate(null, "missing"), default));
    }

    [SkippableFact]
    public async Task An_update_syncs_an_Application_that_nothing_else_would_sync()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync(a => a with { Automated = false });
        await loop.UntilAsync("the first look", a => a.SyncStatus is "OutOfSync");

        var result = await loop.RunAsync(loop.Update, Infra);

        Assert.Equal(StepOutcome.Succeeded, result.Outcome);
        Assert.Equal(First, (await loop.Stacks.GetStackAsync(loop.Dev, default))!.Commit);
        Assert.Equal(new ApplicationOperation("p1", "ada"), (await loop.Client.GetAsync(loop.Infra, default))!.LastOperation!.Operation);
        var check = Assert.IsType<ApplicationHealthCheck>(Assert.Single(result.HealthChecks));
        await loop.UntilAsync("health", a => ApplicationHealth.Judge(check, a, []).State is HealthState.Healthy);
    }

    [SkippableFact]
    public async Task An_update_that_comes_after_another_operation_is_not_taken_for_it()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();
        await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Requested: null });
        loop.Commit(Second);

        var result = await loop.RunAsync(loop.Update, Infra);

        Assert.Equal(StepOutcome.Succeeded, result.Outcome);
        Assert.Contains(loop.Manifests.HeadOf("main")!, result.Message, StringComparison.Ordinal);
        Assert.Equal(Second, (await loop.Stacks.GetStackAsync(loop.Dev, default))!.Commit);
    }

    [SkippableFact]
    public async Task A_branch_that_another_stage_pushed_to_meanwhile_is_as_good_and_a_revision_that_never_comes_is_not()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();
        await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Requested: null });
        var ours = loop.Manifests.HeadOf("main")!;
        loop.Commit(Second);

        var contained = await loop.RunAsync(loop.Update, Wanting(loop, ours));
        var never = await loop.RunAsync(loop.Update, Wanting(loop, new string('e', 40)));

        Assert.Equal(StepOutcome.Succeeded, contained.Outcome);
        Assert.Contains("which contains what was promoted", contained.Message, StringComparison.Ordinal);
        Assert.Equal(StepOutcome.Failed, never.Outcome);
        Assert.Contains("Check that desiredRevision is on the branch", never.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_source_is_set_to_the_revision_that_is_wanted()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();
        await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Requested: null });
        var wanted = loop.Manifests.HeadOf("main")!;
        loop.Commit(Second);

        var result = await loop.RunAsync(
            loop.Update,
            $$"""{ "apps": [{ "name": "infra", "sources": [{ "repoURL": "{{loop.Manifests.CloneUrl}}", "desiredRevision": "{{wanted}}", "updateTargetRevision": true }] }] }""");

        Assert.Equal(StepOutcome.Succeeded, result.Outcome);
        var after = await loop.Client.GetAsync(loop.Infra, default);
        Assert.Equal((wanted, "stacks"), (after!.Sources[0].TargetRevision, (string?)after.Sources[0].Content["path"]));
        Assert.Equal(First, (await loop.Stacks.GetStackAsync(loop.Dev, default))!.Commit);
    }

    [SkippableTheory]
    [InlineData("window", "Sync operation blocked by sync window")]
    [InlineData("endless", "The sync is running")]
    [InlineData("fails", "The sync ended as Failed: no disk")]
    [InlineData("comparison", "The sync ended as Error: no such repository")]
    public async Task A_bad_day_of_Argo_CD_is_passed_on_in_its_words(string day, string message)
    {
        var loop = await LoopAsync();
        loop.Script.Default = day switch
        {
            "window" => new() { IsBlockedByWindow = true },
            "endless" => new() { SyncNeverEnds = true },
            "fails" => new() { SyncFailsWith = "no disk" },
            _ => new ApplicationPlan { ComparisonError = "no such repository" },
        };
        await loop.CreateAsync(a => a with { Automated = false });

        var result = await loop.RunAsync(loop.Update, Infra, message);

        Assert.Equal(day is "window" or "endless" ? StepOutcome.Waiting : StepOutcome.Failed, result.Outcome);
    }

    [SkippableFact]
    public async Task A_foreign_operation_is_left_to_end()
    {
        var loop = await LoopAsync();
        loop.Script.Default = new() { SyncNeverEnds = true };
        await loop.CreateAsync(a => a with { Automated = false });
        await loop.PatchAsync("""{"operation":{"initiatedBy":{"username":"bob"},"sync":{}}}""");
        var step = loop.Update;

        await loop.RunAsync(step, Infra, "Waits for the operation of bob to end");
        loop.Script.Default = new();

        Assert.Equal(StepOutcome.Succeeded, (await loop.RunAsync(step, Infra)).Outcome);
    }

    [SkippableFact]
    public async Task A_wait_asks_for_a_refresh_when_the_status_is_older_than_the_operation()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();
        await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Requested: null, IsStale: false });
        loop.Script.Default = new() { IsStale = true };
        await loop.PatchAsync("""{"status":{"reconciledAt":"2020-01-01T00:00:00Z"}}""");

        await loop.RunAsync(new ArgoCdWaitStep(loop.Client), Infra, "has not looked at it since its last operation ended");
        Assert.Equal("hard", (await loop.Client.GetAsync(loop.Infra, default))!.Annotations[ApplicationAnnotations.Refresh]);
        loop.Script.Default = new();

        Assert.Equal(StepOutcome.Succeeded, (await loop.RunAsync(new ArgoCdWaitStep(loop.Client), Infra)).Outcome);
    }

    [SkippableFact]
    public async Task A_nudge_spares_the_wait_for_the_next_poll()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();
        await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Requested: null, IsStale: false });
        loop.Commit(Second);

        await loop.Client.RefreshAsync(loop.Infra, hard: false, default);

        await loop.UntilAsync("the new commit, two minutes early", a => a.SyncRevisions.Contains(loop.Manifests.HeadOf("main")) && a.SyncStatus is "Synced");
        Assert.Equal(Second, (await loop.Stacks.GetStackAsync(loop.Dev, default))!.Commit);
    }

    [SkippableFact]
    public async Task A_direct_update_that_Argo_CD_undoes_names_Argo_CD_and_the_remedy()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync(a => a with { SelfHeal = true });
        await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Health: "Healthy", Requested: null });
        loop.Runs.Plan(Second, RunPlan.NeverEnds);

        var result = await loop.RunAsync(
            loop.StackUpdate,
            $$"""{ "commit": "{{Second}}", "stacks": [{ "cluster": "{{loop.Dev.Cluster}}", "namespace": "{{loop.Dev.Namespace}}", "name": "dev" }] }""");

        Assert.Equal(StepOutcome.Failed, result.Outcome);
        Assert.Contains("Argo CD manages it (Application infra)", result.Message, StringComparison.Ordinal);
        Assert.Contains("ignoreDifferences", result.Message, StringComparison.Ordinal);
        Assert.Equal(First, (await loop.Stacks.GetStackAsync(loop.Dev, default))!.Commit);
    }

    [SkippableFact]
    public async Task A_sync_against_a_stale_version_is_a_conflict_and_wipes_nothing()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync();
        var stale = await loop.UntilAsync("any look", a => a.SyncStatus is not null);
        var synced = await loop.UntilAsync("the first sync", a => a is { SyncStatus: "Synced", Health: "Healthy", Requested: null, LastOperation.IsCompleted: true });

        var error = await Assert.ThrowsAsync<ClusterException>(
            () => loop.Client.SyncAsync(stale with { ResourceVersion = "1" }, new("p1", "ada", IsAutomated: false, null), default));

        Assert.Equal((ClusterErrorKind.Conflict, true), (error.Kind, error.IsTransient));
        Assert.Equal(synced.LastOperation!.FinishedAt, (await loop.Client.GetAsync(loop.Infra, default))!.LastOperation?.FinishedAt);
    }

    [SkippableFact]
    public async Task Applications_are_found_by_their_labels_and_not_too_many_of_them()
    {
        var loop = await LoopAsync();
        await loop.CreateAsync(a => a with { Labels = new Dictionary<string, string> { ["team"] = "a", ["tier"] = "web" } });
        await loop.CreateAsync(a => a with { Name = "other", Labels = new Dictionary<string, string> { ["team"] = "b" } });
        await Task.WhenAll(Enumerable.Range(0, 101).Select(i =>
            loop.CreateAsync(a => a with { Name = $"many-{i}", Automated = false, Labels = new Dictionary<string, string> { ["many"] = "yes" } })));

        foreach (var selector in new[] { "team=a", "team in (a,c)", "team,team!=b", "tier", "team,tier notin (db)", "team,!x,tier" })
        {
            var found = await loop.Client.ListAsync(null, selector, default);
            Assert.Contains(found, a => a.Reference == loop.Infra);
            Assert.DoesNotContain(found, a => a.Reference.Name.StartsWith("many", StringComparison.Ordinal));
        }

        Assert.Empty(await loop.Client.ListAsync(null, "team=nobody", default));
        var error = await Assert.ThrowsAsync<ClusterException>(() => loop.Client.ListAsync(null, "many=yes", default));
        Assert.Contains("More than 100 Applications", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whether the server can be had here.</summary>
    protected virtual bool CanRun => true;

    protected abstract Task<ClusterUnderTest> StartAsync();

    private static string Wanting(ArgoCdLoop loop, string revision) =>
        $$"""{ "apps": [{ "name": "infra", "sources": [{ "repoURL": "{{loop.Manifests.CloneUrl}}", "desiredRevision": "{{revision}}" }] }] }""";

    private async Task<ArgoCdLoop> LoopAsync()
    {
        Skip.If(!CanRun, KubeApiServer.SkipReason);
        return _loop = await ArgoCdLoop.StartAsync(_cluster);
    }
}

public sealed class SimulatedArgoCdLoopTests : ArgoCdLoopContract
{
    protected override async Task<ClusterUnderTest> StartAsync() => await SimulatedClusterUnderTest.StartAsync();
}

[Collection(nameof(KubeApiServer))]
public sealed class RealArgoCdLoopTests(KubeApiServerFixture fixture) : ArgoCdLoopContract
{
    protected override bool CanRun => KubeApiServer.SkipReason is null;

    protected override async Task<ClusterUnderTest> StartAsync() => await RealClusterUnderTest.StartAsync(fixture.Server);
}
