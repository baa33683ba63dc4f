using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using static Waybill.Domain.Tests.Stacks.StackSnapshots;

namespace Waybill.Domain.Tests.Stacks;

public sealed class StackHealthTests
{
    private static readonly StackHealthCheck Check = new(Reference, Wanted, "up");

    private static readonly Dictionary<string, (StackSnapshot? Stack, HealthState State)> Table = new()
    {
        ["gone"] = (null, HealthState.Unhealthy),
        ["being deleted"] = (Done with { IsBeingDeleted = true }, HealthState.Unhealthy),
        ["another commit, though not observed yet"] = (Done with { Commit = Other, Generation = 8 }, HealthState.Unhealthy),
        ["a branch"] = (Done with { Commit = null, Branch = "main" }, HealthState.Unhealthy),
        ["generation not observed, Ready is stale"] = (Done with { Generation = 8 }, HealthState.Unknown),
        ["request not observed"] = (Done.Annotated("p2"), HealthState.Unknown),
        ["never observed"] = (Patched with { ObservedGeneration = 0, LastUpdate = null }, HealthState.Unknown),
        ["succeeded"] = (Done, HealthState.Healthy),
        ["succeeded, running a resync"] = (UnderWay.Ended("succeeded") with { CurrentUpdate = new(7, "dev-3", Wanted) }, HealthState.Healthy),
        ["succeeded before this generation"] = (Done with { LastUpdate = Patched.LastUpdate }, HealthState.Unknown),
        ["a run of another type"] = (Done.Ended("succeeded", "preview"), HealthState.Unknown),
        ["stalled by our run"] = (FailedOnce.StalledBy("UpdateFailed"), HealthState.Unhealthy),
        ["stalled by an older run"] = (Observed.StalledBy("UpdateFailed"), HealthState.Unknown),
        ["stalled by the source"] = (Observed.StalledBy("SourceUnavailable"), HealthState.Unhealthy),
        ["reconciling"] = (Observed, HealthState.Progressing),
        ["current update"] = (UnderWay with { Reconciling = null }, HealthState.Progressing),
        ["retrying"] = (FailedOnce, HealthState.Progressing),
        ["nothing to go by"] = (Observed with { Reconciling = null, LastUpdate = null }, HealthState.Unknown),
    };

    private static readonly StackHealthCheck ThroughGit = Check with { ArrivesThroughGit = true };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_look_at_the_Stack_tells_its_health(string row)
    {
        var (stack, expected) = Table[row];

        var finding = StackHealth.Judge(Check, stack);

        Assert.Equal(expected, finding.State);
        Assert.Contains("local/default/dev", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_names_both_commits()
    {
        var finding = StackHealth.Judge(Check, Done with { Commit = Other });

        Assert.True(finding.IsDrift);
        Assert.Contains(Wanted, finding.Message, StringComparison.Ordinal);
        Assert.Contains(Other, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_through_Git_is_on_its_way_until_it_was_applied()
    {
        HealthState[] seen =
        [
            StackHealth.Judge(ThroughGit, stack: null, isArriving: true).State,
            StackHealth.Judge(ThroughGit, Done with { Commit = Other }, isArriving: true).State,
            StackHealth.Judge(ThroughGit, Observed, isArriving: true).State,
            StackHealth.Judge(ThroughGit, FailedOnce.StalledBy("UpdateFailed"), isArriving: true).State,
            StackHealth.Judge(ThroughGit, Done, isArriving: true).State,
        ];

        Assert.Equal([HealthState.Progressing, HealthState.Progressing, HealthState.Progressing, HealthState.Unhealthy, HealthState.Healthy], seen);
    }

    [Fact]
    public void Once_it_should_be_there_another_commit_is_drift()
    {
        Assert.True(StackHealth.Judge(ThroughGit, Done with { Commit = Other }).IsDrift);
        Assert.True(StackHealth.Judge(Check, Done with { Commit = Other }, isArriving: true).IsDrift);
    }

    [Fact]
    public void Only_another_commit_is_drift()
    {
        Assert.False(StackHealth.Judge(Check, stack: null).IsDrift);
        Assert.False(StackHealth.Judge(Check, FailedOnce.StalledBy("UpdateFailed")).IsDrift);
    }
}
