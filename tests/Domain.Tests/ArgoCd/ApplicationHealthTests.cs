using Waybill.Domain.ArgoCd;
using Waybill.Domain.Stages;
using static Waybill.Domain.Tests.ArgoCd.Applications;

namespace Waybill.Domain.Tests.ArgoCd;

public sealed class ApplicationHealthTests
{
    private static readonly ApplicationHealthCheck Exact = new(Synced.Reference, [Ours]);
    private static readonly ApplicationHealthCheck Any = new(Synced.Reference, [""]);
    private static readonly HealthFinding Good = new(HealthState.Healthy, "dev runs ours");
    private static readonly HealthFinding Working = new(HealthState.Progressing, "dev is on its way to ours");
    private static readonly HealthFinding Drifted = new(HealthState.Unhealthy, "dev runs another commit", IsDrift: true);

    private static readonly Dictionary<string, (ApplicationHealthCheck Check, ApplicationSnapshot? Application, HealthFinding[] Witnesses, HealthState State)> Table = new()
    {
        ["gone"] = (Any, null, [], HealthState.Unhealthy),
        ["being deleted"] = (Any, Synced with { IsBeingDeleted = true }, [], HealthState.Unhealthy),
        ["as promoted"] = (Exact, Synced, [], HealthState.Healthy),
        ["reconciled in the second of the operation's end"] = (Exact, Synced with { ReconciledAt = Noon }, [], HealthState.Healthy),
        ["stale"] = (Exact, Synced with { ReconciledAt = Noon.AddSeconds(-1) }, [], HealthState.Unknown),
        ["stale though degraded"] = (Any, Synced with { ReconciledAt = Noon.AddSeconds(-1), Health = "Degraded" }, [], HealthState.Unknown),
        ["never reconciled"] = (Any, Synced with { ReconciledAt = null }, [], HealthState.Unknown),
        ["comparison error"] = (Any, Synced with { Conditions = [new("ComparisonError", "no such path")] }, [], HealthState.Unhealthy),
        ["invalid spec"] = (Any, Synced with { Conditions = [new("InvalidSpecError", "no project")] }, [], HealthState.Unhealthy),
        ["a harmless condition"] = (Any, Synced with { Conditions = [new("OrphanedResourceWarning", "1 left")] }, [], HealthState.Healthy),
        ["progressing"] = (Any, Synced with { Health = "Progressing" }, [], HealthState.Progressing),
        ["no health yet"] = (Any, Synced with { Health = null }, [], HealthState.Progressing),
        ["suspended"] = (Any, Synced with { Health = "Suspended" }, [], HealthState.Progressing),
        ["degraded"] = (Any, Synced with { Health = "Degraded" }, [], HealthState.Unhealthy),
        ["missing"] = (Any, Synced with { Health = "Missing" }, [], HealthState.Unhealthy),
        ["of unknown health"] = (Any, Synced with { Health = "Unknown" }, [], HealthState.Unhealthy),
        ["an operation runs, an exact revision is wanted"] = (Exact, Synced.With(Foreign, "Running"), [], HealthState.Unknown),
        ["an operation is asked for, an exact revision is wanted"] = (Exact, Synced with { Requested = Foreign }, [], HealthState.Unknown),
        ["an operation runs, any revision will do"] = (Any, Synced.With(Foreign, "Running"), [], HealthState.Healthy),
        ["sync comes before health"] = (Exact, Synced with { SyncRevisions = [Before], History = [[Before]] }, [], HealthState.Unhealthy),
        ["another number of sources"] = (Exact, Synced with { SyncRevisions = [Ours, "1.0"] }, [], HealthState.Unknown),
        ["moved on, any revision will do"] = (Any, MovedOn, [], HealthState.Healthy),
        ["moved on, the Stack runs ours"] = (Exact, MovedOn, [Good], HealthState.Healthy),
        ["moved on, the Stack is on its way to ours"] = (Exact, MovedOn, [Working], HealthState.Healthy),
        ["moved on, the Stack was moved too"] = (Exact, MovedOn, [Drifted], HealthState.Unhealthy),
        ["moved on, one of two Stacks was moved too"] = (Exact, MovedOn, [Good, Drifted], HealthState.Unhealthy),
        ["moved on, no Stack to ask"] = (Exact, MovedOn, [], HealthState.Healthy),
        ["moved on, and degraded"] = (Exact, MovedOn with { Health = "Degraded" }, [Good], HealthState.Unhealthy),
        ["rolled back"] = (Exact, MovedOn with { SyncRevisions = [Before], History = [[Before], [Ours], [Before]] }, [], HealthState.Unhealthy),
        ["ours was never there"] = (Exact, MovedOn with { History = [[Before], [Later]] }, [], HealthState.Unhealthy),
        ["ours was never there, but the Stack runs it"] = (Exact, MovedOn with { History = [[Before], [Later]] }, [Good], HealthState.Healthy),
        ["pinned to ours and elsewhere"] = (Exact, MovedOn with { Sources = [MovedOn.Sources[0] with { TargetRevision = Ours }] }, [], HealthState.Unhealthy),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_look_at_the_Application_tells_its_health(string row)
    {
        var (check, application, witnesses, expected) = Table[row];

        var finding = ApplicationHealth.Judge(check, application, witnesses);

        Assert.Equal(expected, finding.State);
        Assert.StartsWith("Application local/argocd/infra", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_revision_is_drift_and_says_which()
    {
        var finding = ApplicationHealth.Judge(Exact, Synced with { SyncRevisions = [Before], History = [[Before]] }, []);

        Assert.True(finding.IsDrift);
        Assert.Contains($"is at {Before}, but {Ours} was promoted", finding.Message, StringComparison.Ordinal);
    }
}
