using Waybill.Domain.ArgoCd;
using static Waybill.Domain.Tests.ArgoCd.Applications;

namespace Waybill.Domain.Tests.ArgoCd;

public sealed class ApplicationJudgementTests
{
    private static readonly Dictionary<string, (ApplicationSnapshot Application, string[] Desired, ApplicationVerdictState State, string Message)> Table = new()
    {
        ["being deleted"] = (Synced with { IsBeingDeleted = true }, [""], ApplicationVerdictState.Gone, "being deleted"),
        ["never synced"] = (Synced with { LastOperation = null }, [""], ApplicationVerdictState.MustSync, ""),
        ["a foreign sync ended well"] = (Synced.With(Foreign, "Succeeded", "", Ours), [Ours], ApplicationVerdictState.MustSync, ""),
        ["a foreign sync failed"] = (Synced.With(Foreign, "Failed"), [""], ApplicationVerdictState.MustSync, ""),
        ["another promotion's sync ended"] = (Synced.With(new("p0", "ada"), "Succeeded", "", Ours), [Ours], ApplicationVerdictState.MustSync, ""),
        ["a foreign sync runs"] = (Synced.With(Foreign, "Running", "hook"), [""], ApplicationVerdictState.Busy, "the operation of bob to end, which is Running: hook"),
        ["a foreign sync is being terminated"] = (Synced.With(Foreign, "Terminating"), [""], ApplicationVerdictState.Busy, "which is Terminating"),
        ["a foreign sync is asked for"] = (Synced.With(new("p0", "ada"), "Succeeded") with { Requested = Foreign }, [""], ApplicationVerdictState.Busy, "that bob asked for"),
        ["ours is asked for"] = (Synced with { LastOperation = null, Requested = Mine }, [""], ApplicationVerdictState.Running, "has not begun"),
        ["ours is asked for, a foreign one is the last"] = (Synced.With(Foreign, "Failed") with { Requested = Mine }, [""], ApplicationVerdictState.Running, "has not begun"),
        ["ours runs"] = (Synced.With(Mine, "Running", "Sync operation blocked by sync window") with { Requested = Mine }, [""], ApplicationVerdictState.Running, "blocked by sync window"),
        ["ours failed"] = (Synced.With(Mine, "Failed", "no disk", Ours), [Ours], ApplicationVerdictState.Failed, "ended as Failed: no disk"),
        ["ours went wrong without a result"] = (Synced.With(Mine, "Error", "no repo"), [""], ApplicationVerdictState.Failed, "ended as Error: no repo"),
        ["ours ended well"] = (Synced, [Ours], ApplicationVerdictState.Succeeded, $"Synced to {Ours}."),
        ["ours ended well, any revision will do"] = (Synced, [""], ApplicationVerdictState.Succeeded, ""),
        ["ours ended well elsewhere"] = (Synced.With(Mine, "Succeeded", "", Later), [Ours], ApplicationVerdictState.OtherRevision, $"Synced to {Later}, but {Ours} is wanted."),
        ["ours ended well and does not say where"] = (Synced.With(Mine, "Succeeded"), [""], ApplicationVerdictState.OtherRevision, "without saying"),
        ["of two sources one is wanted"] = (Synced.With(Mine, "Succeeded", "", "1.2.3", Ours), ["", Ours], ApplicationVerdictState.Succeeded, ""),
        ["of two sources one is elsewhere"] = (Synced.With(Mine, "Succeeded", "", "1.2.3", Later), ["", Ours], ApplicationVerdictState.OtherRevision, ""),
        ["one result for two sources"] = (Synced, ["", Ours], ApplicationVerdictState.OtherRevision, ""),
    };

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_look_at_the_Application_tells_what_to_do(string row)
    {
        var (application, desired, state, message) = Table[row];

        var verdict = ApplicationJudgement.Judge(application, "p1", desired);

        Assert.Equal(state, verdict.State);
        Assert.Contains(message, verdict.Message, StringComparison.Ordinal);
    }
}
