using Waybill.Domain.ArgoCd;
using static Waybill.Domain.Tests.ArgoCd.Applications;

namespace Waybill.Domain.Tests.ArgoCd;

public sealed class ApplicationReadinessTests
{
    private const WaitFor All = WaitFor.Health | WaitFor.Sync | WaitFor.Operation;

    private static readonly Dictionary<string, (ApplicationSnapshot Application, WaitFor WaitFor, string? Previous, ReadinessState State)> Table = new()
    {
        ["ready"] = (Synced, All, null, ReadinessState.Ready),
        ["being deleted"] = (Synced with { IsBeingDeleted = true }, All, null, ReadinessState.Failed),
        ["comparison error"] = (Synced with { Conditions = [new("ComparisonError", "x")] }, WaitFor.Operation, null, ReadinessState.Failed),
        ["operation asked for"] = (Synced with { Requested = Foreign }, All, null, ReadinessState.NotReady),
        ["operation runs"] = (Synced.With(Foreign, "Running"), All, null, ReadinessState.NotReady),
        ["operation runs, not waited for"] = (Synced.With(Foreign, "Running"), WaitFor.Sync, null, ReadinessState.Ready),
        ["out of sync"] = (Synced with { SyncStatus = "OutOfSync" }, All, null, ReadinessState.NotReady),
        ["out of sync, not waited for"] = (Synced with { SyncStatus = "OutOfSync" }, WaitFor.Health, null, ReadinessState.Ready),
        ["stale"] = (Synced with { ReconciledAt = Noon.AddSeconds(-1) }, All, null, ReadinessState.Stale),
        ["stale, health not waited for"] = (Synced with { ReconciledAt = Noon.AddSeconds(-1) }, WaitFor.Sync, null, ReadinessState.Ready),
        ["progressing"] = (Synced with { Health = "Progressing" }, All, null, ReadinessState.NotReady),
        ["suspended"] = (Synced with { Health = "Suspended" }, All, null, ReadinessState.NotReady),
        ["suspended as one of two"] = (Synced with { Health = "Suspended" }, WaitFor.Health | WaitFor.Suspended, null, ReadinessState.Ready),
        ["healthy as one of two"] = (Synced, WaitFor.Health | WaitFor.Suspended, null, ReadinessState.Ready),
        ["degraded from the start"] = (Synced with { Health = "Degraded" }, All, null, ReadinessState.NotReady),
        ["degraded still"] = (Synced with { Health = "Degraded" }, All, "Degraded", ReadinessState.NotReady),
        ["degraded after unknown"] = (Synced with { Health = "Degraded" }, All, "Unknown", ReadinessState.NotReady),
        ["degraded after progressing"] = (Synced with { Health = "Degraded" }, All, "Progressing", ReadinessState.Failed),
        ["degraded as wished"] = (Synced with { Health = "Degraded" }, WaitFor.Degraded, "Healthy", ReadinessState.Ready),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_look_at_the_Application_tells_whether_the_wait_is_over(string row)
    {
        var (application, waitFor, previous, expected) = Table[row];

        Assert.Equal(expected, ApplicationReadiness.Judge(application, waitFor, previous).State);
    }
}
