using Waybill.Domain.Stacks;
using static Waybill.Domain.Stacks.StackVerdictState;
using static Waybill.Domain.Tests.Stacks.StackSnapshots;

namespace Waybill.Domain.Tests.Stacks;

public sealed class StackJudgementTests
{
    private static readonly StackRequest Request = new(Wanted, "p1", Generation: 7, Type: "up", PreviousUpdate: "dev-1");

    /// <summary>Each line of the decision rule, then each race; what is seen, and the verdict.</summary>
    private static readonly Dictionary<string, (StackSnapshot? Stack, StackVerdictState Verdict)> Table = new()
    {
        ["gone: no such Stack"] = (null, Gone),
        ["gone: being deleted"] = (Done with { IsBeingDeleted = true }, Gone),

        ["superseded: another commit after ours"] = (UnderWay with { Commit = Other, Generation = 8 }, Superseded),
        ["superseded: a branch after ours"] = (UnderWay with { Commit = null, Branch = "main", Generation = 8 }, Superseded),
        ["superseded: put back by a sync before the operator looked"] = (Patched with { Commit = Older, Generation = 8 }, Superseded),
        ["superseded: even though ours succeeded before"] = (Done with { Commit = Other, Generation = 8 }, Superseded),
        ["not superseded: a read from before our patch"] = (Patched with { Commit = Older, Generation = 6 }, Waiting),
        ["not superseded: another field changed, and its run is the one that counts"] =
            ((Observed with { Generation = 8, ObservedGeneration = 8 }).Ended("succeeded"), Succeeded),
        ["not superseded: another field changed after our run"] = (Done with { Generation = 8 }, Waiting),

        ["waiting: generation not observed, Ready is stale"] = (Patched, Waiting),
        ["waiting: generation observed, request not"] = (Observed with { ObservedReconcileRequest = "p0" }, Waiting),
        ["waiting: request observed, generation not"] = (Observed with { ObservedGeneration = 6 }, Waiting),
        ["waiting: stale UpdateFailed"] = (Patched.StalledBy("UpdateFailed"), Waiting),
        ["waiting: stale SpecInvalid"] = (Patched.StalledBy("SpecInvalid"), Waiting),
        ["waiting: never observed at all"] =
            (Patched with { ObservedGeneration = 0, ObservedReconcileRequest = null, LastUpdate = null, Ready = null }, Waiting),
        ["waiting: another run of ours is still under way from before"] =
            (Patched with { CurrentUpdate = new(6, "dev-1b", Older) }, Waiting),
        ["waiting: observed, nothing begun"] = (Observed with { Reconciling = null, Ready = null }, Waiting),

        ["succeeded"] = (Done, Succeeded),
        ["succeeded: Ready flipped back by a resync"] =
            (Done with { Ready = new(false, "NotReadyInProgress", ""), CurrentUpdate = new(7, "dev-3", Wanted) }, Succeeded),
        ["succeeded: a run of an older generation does not count"] =
            (Observed with { LastUpdate = Done.LastUpdate! with { Generation = 6 } }, Running),
        ["succeeded: a run for an older request does not count"] =
            (Observed.Ended("succeeded", request: "p0"), Running),
        ["succeeded: of another type does not count while the operator goes on"] = (Observed.Ended("succeeded", "preview"), Running),
        ["succeeded: of another type is a failure once the operator rests"] = (Done.Ended("succeeded", "preview"), Failed),

        ["failed: SpecInvalid"] = (Observed.StalledBy("SpecInvalid"), Failed),
        ["failed: NamespaceTerminating"] = (Observed.StalledBy("NamespaceTerminating"), Failed),
        ["failed: UpdateFailed of our run"] = (FailedOnce.StalledBy("UpdateFailed"), Failed),
        ["failed: UpdateFailed of an earlier run is not ours"] = (Observed.StalledBy("UpdateFailed"), Waiting),
        ["failed: WorkspaceFailed is for the Workspace to say"] = (Observed.StalledBy("WorkspaceFailed"), StalledByWorkspace),
        ["failed: PulumiVersionTooLow is for the Workspace to say"] = (Observed.StalledBy("PulumiVersionTooLow"), StalledByWorkspace),
        ["failed: SourceUnavailable gets a grace period"] = (Observed.StalledBy("SourceUnavailable"), StalledForNow),

        ["retrying: our run failed"] = (FailedOnce, Retrying),
        ["retrying: the next attempt is under way"] = (FailedOnce with { CurrentUpdate = new(7, "dev-3", Wanted) }, Retrying),
        ["retrying: a failed run from before is not ours"] =
            (Observed with { LastUpdate = FailedOnce.LastUpdate! with { Generation = 6, ReconcileRequest = "p0" } }, Running),

        ["running: workspace"] = (Observed, Running),
        ["running: update"] = (UnderWay, Running),
        ["running: without a condition"] = (UnderWay with { Reconciling = null }, Running),

        ["overwritten annotation, not observed: our run had succeeded"] = (Done.Annotated("after-dev-2"), Succeeded),
        ["overwritten annotation: generation and commit are enough"] =
            ((Done with { ObservedReconcileRequest = "after-dev-0" }).Annotated("after-dev-0").Ended("succeeded", request: "after-dev-0"),
            Succeeded),
        ["overwritten annotation, same commit again: the run from before is not ours"] =
            ((Done with { LastUpdate = Done.LastUpdate! with { Name = "dev-1", ReconcileRequest = "p0" } }).Annotated("after-dev-1"), Waiting),
        ["overwritten annotation, being observed"] = (UnderWay.Annotated("after-dev-2"), Waiting),
        ["overwritten annotation: its failure is ours too"] =
            ((FailedOnce with { ObservedReconcileRequest = "after-dev-1" }).Annotated("after-dev-1").Ended("failed", request: "after-dev-1"), Retrying),
        ["removed annotation: our run had succeeded"] =
            ((Done with { ObservedReconcileRequest = null }).Annotated(null), Succeeded),

        ["same commit again: the success from before does not count"] =
            (Observed with { LastUpdate = Done.LastUpdate! with { Name = "dev-1", ReconcileRequest = "p0" } }, Running),
        ["wedged operator: the request is seen and the old run never ends"] =
            (Observed with { CurrentUpdate = new(6, "dev-1b", Older) }, Running),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_line_of_the_rule_has_its_verdict(string row)
    {
        var (stack, expected) = Table[row];

        var verdict = StackJudgement.Judge(stack, Request);

        Assert.Equal(expected, verdict.State);
        Assert.NotEmpty(verdict.Message);
    }

    [Fact]
    public void A_preview_that_was_asked_for_succeeds_by_a_preview()
    {
        var previewed = Done.Ended("succeeded", "preview");

        var verdict = StackJudgement.Judge(previewed, Request with { Type = "preview" });

        Assert.Equal(Succeeded, verdict.State);
    }

    [Fact]
    public void Failing_fast_makes_the_first_failed_run_the_last()
    {
        var verdict = StackJudgement.Judge(FailedOnce, Request with { FailFast = true });

        Assert.Equal(new StackVerdict(Failed, "up failed: boom"), verdict);
    }

    [Fact]
    public void A_failure_tells_the_runs_own_message()
    {
        var verdict = StackJudgement.Judge(FailedOnce.StalledBy("UpdateFailed"), Request);

        Assert.Equal("up failed: boom", verdict.Message);
    }

    [Fact]
    public void The_first_promotion_of_a_Stack_needs_no_earlier_run()
    {
        var verdict = StackJudgement.Judge(Done, Request with { PreviousUpdate = null });

        Assert.Equal(Succeeded, verdict.State);
    }

    [Theory]
    [InlineData(3, 3L, true, Failed)]
    [InlineData(3, 2L, true, Running)] // fix-forward: the stall is about the commit before
    [InlineData(3, null, true, Running)]
    [InlineData(3, 3L, false, Running)]
    public void A_stall_by_the_workspace_counts_only_for_its_present_generation(
        long generation, long? observed, bool stalled, StackVerdictState expected)
    {
        var verdict = StackJudgement.Judge(Observed.StalledBy("WorkspaceFailed"), Request);

        var settled = StackJudgement.JudgeWorkspace(verdict, new(generation, observed, null, new(stalled, "InitFailed", "pulumi install")));

        Assert.Equal(expected, settled.State);
    }

    [Fact]
    public void A_stall_by_a_workspace_that_is_gone_is_old_news()
    {
        var verdict = StackJudgement.Judge(Observed.StalledBy("WorkspaceFailed"), Request);

        var settled = StackJudgement.JudgeWorkspace(verdict, workspace: null);

        Assert.Equal(Running, settled.State);
    }

    [Fact]
    public void Other_verdicts_do_not_depend_on_the_workspace()
    {
        var verdict = StackJudgement.Judge(Done, Request);

        Assert.Same(verdict, StackJudgement.JudgeWorkspace(verdict, new(1, 1, null, new(true, "InitFailed", ""))));
    }

    [Fact]
    public void The_operator_is_wedged_when_the_current_update_vanished_or_is_complete()
    {
        Assert.True(StackJudgement.IsWedged(UnderWay, current: null));
        Assert.True(StackJudgement.IsWedged(UnderWay, new UpdateSnapshot(IsComplete: true, IsFailed: false, "")));
        Assert.False(StackJudgement.IsWedged(UnderWay, new UpdateSnapshot(IsComplete: false, IsFailed: false, "")));
        Assert.False(StackJudgement.IsWedged(Observed, current: null));
    }
}
