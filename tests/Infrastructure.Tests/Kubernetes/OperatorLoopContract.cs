using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;
using static Waybill.Domain.Stacks.StackVerdictState;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>Request, then judge until settled: every way the operator can behave, on whichever API server.</summary>
public abstract class OperatorLoopContract : IAsyncLifetime
{
    private static readonly string First = new('a', 40);
    private static readonly string Second = new('b', 40);

    private ClusterUnderTest _cluster = null!;
    private OperatorLoop? _loop;

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
    public async Task A_run_succeeds_and_the_Stack_is_healthy()
    {
        var loop = await LoopAsync();
        loop.Script.Default = new() { Duration = TimeSpan.FromMilliseconds(300) };

        var request = await loop.RequestAsync(First, "p1");
        await loop.UntilAsync(request, Running);
        await loop.UntilAsync(request, Succeeded);

        var stack = await loop.UntilAsync("Ready", s => s.Ready is { IsTrue: true });
        Assert.Equal(HealthState.Healthy, StackHealth.Judge(new(loop.Dev, First, "up"), stack).State);
        Assert.StartsWith("https://app.pulumi.com/org/program/dev/updates/", stack.LastUpdate!.Permalink, StringComparison.Ordinal);
        Assert.Matches("^dev-[0-9a-f]+$", stack.LastUpdate.Name!);
    }

    [SkippableFact]
    public async Task The_same_commit_runs_again_for_another_request()
    {
        var loop = await LoopAsync();
        await loop.UntilAsync(await loop.RequestAsync(First, "p1"), Succeeded);
        var before = (await loop.Client.GetStackAsync(loop.Dev, default))!;

        var again = await loop.RequestAsync(First, "p2");
        await loop.UntilAsync(again, Succeeded);

        var after = (await loop.Client.GetStackAsync(loop.Dev, default))!;
        Assert.Equal(before.Generation, after.Generation);
        Assert.NotEqual(before.LastUpdate!.Name, after.LastUpdate!.Name);
    }

    [SkippableFact]
    public async Task Nothing_old_counts_while_the_operator_is_slow_to_look()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { ObservesAfter = TimeSpan.FromMilliseconds(500) });

        var request = await loop.RequestAsync(First, "p1");
        var stale = (await loop.Client.GetStackAsync(loop.Dev, default))!;
        await loop.UntilAsync(request, Succeeded);

        Assert.True(stale.Ready is { IsTrue: true });
        Assert.Equal(HealthState.Unknown, StackHealth.Judge(new(loop.Dev, First, "up"), stale).State);
        Assert.Equal(Waiting, loop.Seen[0]);
    }

    [SkippableFact]
    public async Task A_failing_run_is_tried_four_times_and_then_stalls()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { FailsWith = "bucket already exists" });

        var request = await loop.RequestAsync(First, "p1");
        var retrying = await loop.UntilAsync(request, Retrying);
        var failed = await loop.UntilAsync(request, Failed);

        Assert.Contains("the operator will try again: bucket already exists", retrying.Message, StringComparison.Ordinal);
        Assert.Equal("up failed: bucket already exists", failed.Message);
        var stack = (await loop.Client.GetStackAsync(loop.Dev, default))!;
        Assert.Equal((3, "UpdateFailed", null), (stack.LastUpdate!.Failures, stack.Stalled!.Reason, stack.LastUpdate.Permalink));
        Assert.Equal(HealthState.Unhealthy, StackHealth.Judge(new(loop.Dev, First, "up"), stack).State);
    }

    [SkippableFact]
    public async Task A_run_that_fails_once_succeeds_by_the_operators_own_retry()
    {
        var loop = await LoopAsync();
        loop.Script.Decide = run => run.Attempt == 1 && run.Commit == First ? new() { FailsWith = "a glitch" } : null;

        await loop.UntilAsync(await loop.RequestAsync(First, "p1"), Succeeded, Failed);

        Assert.Equal(Succeeded, loop.Seen[^1]);
    }

    [SkippableFact]
    public async Task A_new_commit_forgives_the_stall_of_the_one_before()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { FailsWith = "no" });
        await loop.UntilAsync(await loop.RequestAsync(First, "p1"), Failed);

        await loop.UntilAsync(await loop.RequestAsync(Second, "p2"), Succeeded, Failed);

        Assert.Equal(Succeeded, loop.Seen[^1]);
    }

    [SkippableFact]
    public async Task A_preview_stack_succeeds_by_previews_and_never_by_what_was_wanted_as_an_update()
    {
        var loop = await LoopAsync(preview: true);

        await loop.UntilAsync(await loop.RequestAsync(First, "p1", "preview"), Succeeded);
        var wanted = await loop.UntilAsync(await loop.RequestAsync(First, "p2", "up"), Succeeded, Failed);

        Assert.Equal(Failed, wanted.State);
        var stack = (await loop.Client.GetStackAsync(loop.Dev, default))!;
        Assert.Equal((First, "preview"), (stack.LastUpdate!.LastSuccessfulCommit, stack.LastUpdate.Type));
        Assert.Contains("/previews/", stack.LastUpdate.Permalink, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_run_under_way_is_never_cancelled_and_the_older_request_is_superseded()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { Duration = TimeSpan.FromMilliseconds(700) });
        var older = await loop.RequestAsync(First, "p1");
        var running = await loop.UntilAsync("a run", s => s.CurrentUpdate?.Commit == First);

        var newer = await loop.RequestAsync(Second, "p2");
        var superseded = await loop.UntilAsync(older, Superseded);
        await loop.UntilAsync(newer, Succeeded);

        Assert.Contains(Second, superseded.Message, StringComparison.Ordinal);
        var update = await loop.Client.GetUpdateAsync(loop.Dev, running.CurrentUpdate!.Name!, default);
        Assert.Equal((true, false), (update!.IsComplete, update.IsFailed));
    }

    [SkippableFact]
    public async Task A_commit_that_does_not_exist_leaves_the_workspace_unready_for_ever()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { Workspace = WorkspaceOutcome.NeverReady });

        var verdict = await loop.UntilAsync(await loop.RequestAsync(First, "p1"), Running, Failed, Succeeded);

        Assert.Equal("StackProcessing: waiting for workspace readiness", verdict.Message);
        await Poll.UntilAsync("the workspace's own diagnosis", TimeSpan.FromSeconds(20), async token =>
            await loop.Client.GetWorkspaceAsync(loop.Dev, token) is { Ready: { IsTrue: false, Reason: "RollingUpdate" } });
    }

    [SkippableFact]
    public async Task A_failed_workspace_fails_and_its_stall_does_not_fail_the_fix()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { Workspace = WorkspaceOutcome.Failed });
        loop.Script.Plan(Second, new() { WorkspaceAfter = TimeSpan.FromMilliseconds(500) });

        var failed = await loop.UntilAsync(await loop.RequestAsync(First, "p1"), Failed, Succeeded);
        var fix = await loop.RequestAsync(Second, "p2");
        var falselyStalled = await loop.UntilAsync(
            "the false stall", s => s.Stalled is { IsTrue: true, Reason: "WorkspaceFailed" } && s.ObservedGeneration == fix.Generation);
        await loop.UntilAsync(fix, Succeeded, Failed);

        Assert.Equal(Failed, failed.State);
        Assert.Equal(StalledByWorkspace, StackJudgement.Judge(falselyStalled, fix).State);
        Assert.Equal(Succeeded, loop.Seen[^1]);
    }

    [SkippableFact]
    public async Task A_source_that_is_away_for_a_while_stalls_only_for_now()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { SourceUnavailableFor = TimeSpan.FromMilliseconds(500) });

        var request = await loop.RequestAsync(First, "p1");
        await loop.UntilAsync(request, StalledForNow);
        await loop.UntilAsync(request, Succeeded);
    }

    [SkippableTheory]
    [InlineData(Wedge.UpdateVanishes)]
    [InlineData(Wedge.UpdateIsIgnored)]
    public async Task A_wedged_operator_shows_in_the_Update_that_it_waits_for(Wedge wedge)
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { Wedge = wedge });

        var request = await loop.RequestAsync(First, "p1");
        await loop.UntilAsync(request, Running);
        var stack = await loop.UntilAsync("a run", s => s.CurrentUpdate is not null);
        await Poll.UntilAsync("the wedge", TimeSpan.FromSeconds(20), async token =>
            StackJudgement.IsWedged(stack, await loop.Client.GetUpdateAsync(loop.Dev, stack.CurrentUpdate!.Name!, token)));

        var again = await loop.RequestAsync(Second, "p2");
        await loop.UntilAsync("the request to be seen", s => s.ObservedReconcileRequest == "p2");
        Assert.Equal(Running, (await loop.UntilAsync(again, Running, Succeeded)).State);
    }

    [SkippableFact]
    public async Task A_request_that_a_dependant_overwrites_still_succeeds()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, new() { OverwritesRequest = true, Duration = TimeSpan.FromMilliseconds(300) });

        await loop.UntilAsync(await loop.RequestAsync(First, "p1"), Succeeded, Failed);

        Assert.Equal(Succeeded, loop.Seen[^1]);
        var stack = await loop.UntilAsync("the dependant's own run", s => s.LastUpdate?.ReconcileRequest == s.ReconcileRequest);
        Assert.StartsWith("after-dev-", stack.ReconcileRequest, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_run_that_never_ends_stays_running()
    {
        var loop = await LoopAsync();
        loop.Script.Plan(First, RunPlan.NeverEnds);

        var request = await loop.RequestAsync(First, "p1");
        var stack = await loop.UntilAsync("a run", s => s.CurrentUpdate is not null);
        await loop.UntilAsync(request, Running);

        await Poll.UntilAsync("the Update", TimeSpan.FromSeconds(20), async token =>
            await loop.Client.GetUpdateAsync(loop.Dev, stack.CurrentUpdate!.Name!, token) is { IsComplete: false });
    }

    /// <summary>Whether the server can be had here.</summary>
    protected virtual bool CanRun => true;

    protected abstract Task<ClusterUnderTest> StartAsync();

    private async Task<OperatorLoop> LoopAsync(bool preview = false)
    {
        Skip.If(!CanRun, KubeApiServer.SkipReason);
        return _loop = await OperatorLoop.StartAsync(_cluster, preview);
    }
}

public sealed class SimulatedOperatorLoopTests : OperatorLoopContract
{
    protected override async Task<ClusterUnderTest> StartAsync() => await SimulatedClusterUnderTest.StartAsync();
}

[Collection(nameof(KubeApiServer))]
public sealed class RealOperatorLoopTests(KubeApiServerFixture fixture) : OperatorLoopContract
{
    protected override bool CanRun => KubeApiServer.SkipReason is null;

    protected override async Task<ClusterUnderTest> StartAsync() => await RealClusterUnderTest.StartAsync(fixture.Server);
}
