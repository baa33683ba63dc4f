using Waybill.Domain.Promotions;
using static Waybill.Domain.Promotions.DirectiveKind;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Promotions;

public sealed class PromotionDeciderTests
{
    private static readonly Promotion Fresh = Promotion([.. Steps("one", "two")]);
    private static readonly Promotion Running = Fresh.Begin(Noon);
    private static readonly Promotion Waiting = Running.RecordStep(0, StepResult.Waiting("not yet"), TimeSpan.FromMinutes(5), Noon);
    private static readonly Promotion AtGate = Running.RecordStep(0, StepResult.Waiting("asks") with { Approval = Gate, NextCheckAt = Noon.AddMinutes(2) }, TimeSpan.FromMinutes(5), Noon);
    private static readonly Promotion OneDone = Running.RecordStep(0, StepResult.Succeeded(), TimeSpan.Zero, Noon);
    private static readonly Promotion AllDone = OneDone.RecordStep(1, StepResult.Succeeded(), TimeSpan.Zero, Noon);
    private static readonly Promotion Succeeded = AllDone.Finish(Noon);
    private static readonly Promotion Aborting = Waiting.RequestAbort("bob", "", Noon);

    /// <summary>A promotion, how many seconds later, the directive, its step, and until how many seconds later it waits.</summary>
    private static readonly Dictionary<string, (Promotion Promotion, double At, DirectiveKind Kind, int Step, double? Until)> Table = new()
    {
        ["pending"] = (Fresh, 0, AwaitTurn, -1, null),
        ["pending, to be aborted"] = (Fresh.RequestAbort("bob", "", Noon), 0, FinishPromotion, -1, null),
        ["begun"] = (Running, 0, ExecuteStep, 0, null),
        ["waiting"] = (Waiting, 0.5, WaitUntil, 0, 1),
        ["waited long enough"] = (Waiting, 1, ExecuteStep, 0, null),
        ["the deadline comes before the next look"] = (Waits(60, 10), 5, WaitUntil, 0, 10),
        ["the deadline is over, the next look is not"] = (Waits(60, 10), 10, ExecuteStep, 0, null),
        ["the clock jumped a day ahead"] = (Waiting, 86400, ExecuteStep, 0, null),
        ["the clock was set back a day"] = (Waiting, -86400, ExecuteStep, 0, null),
        ["waiting, to be aborted"] = (Aborting, 0.5, FinishPromotion, -1, null),
        ["at a gate"] = (AtGate, 1, AwaitApproval, 0, 120),
        ["at a gate that is decided"] = (AtGate.RecordApproval(0, Gate.Answer(Yes("ada"))), 1, ExecuteStep, 0, null),
        ["at a gate that half decided"] = (AtGate.RecordApproval(0, (Gate with { MinApprovals = 2 }).Answer(Yes("ada"))), 1, AwaitApproval, 0, 120),
        ["a step is done"] = (OneDone, 0, ExecuteStep, 1, null),
        ["all steps are done"] = (AllDone, 0, FinishPromotion, -1, null),
        ["all steps are done, to be aborted"] = (AllDone.RequestAbort("bob", "", Noon), 0, FinishPromotion, -1, null),
        ["succeeded"] = (Succeeded, 0, MeasureVerification, -1, null),
        ["measured"] = (Measured(VerificationPhase.Pending), 0.5, WaitUntil, -1, 1),
        ["measured, time for the next"] = (Measured(VerificationPhase.Pending), 1, MeasureVerification, -1, null),
        ["measured, the clock was set back a day"] = (Measured(VerificationPhase.Pending), -86400, MeasureVerification, -1, null),
        ["verified"] = (Measured(VerificationPhase.Successful), 0, Done, -1, null),
        ["not verified in time"] = (Measured(VerificationPhase.Inconclusive), 0, Done, -1, null),
        ["failed"] = (Running.RecordStep(0, StepResult.Failed("no"), TimeSpan.Zero, Noon).RecordStep(1, StepResult.Skipped(""), TimeSpan.Zero, Noon).Finish(Noon), 0, Done, -1, null),
        ["aborted"] = (Aborting.Finish(Noon), 0, Done, -1, null),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    private static ApprovalGate Gate => new() { OpenedAt = Noon, Deadline = Noon.AddMinutes(4) };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_record_and_the_time_say_what_is_next(string name)
    {
        var (promotion, at, kind, step, until) = Table[name];

        var next = PromotionDecider.Next(promotion, Noon.AddSeconds(at));

        Assert.Equal((kind, step), (next.Kind, next.Step));
        Assert.Equal(until is { } seconds ? Noon.AddSeconds(seconds) : null, next.Until);
        Assert.Equal(kind is ExecuteStep or FinishPromotion or MeasureVerification, next.IsImmediate);
    }

    private static ApprovalResponse Yes(string user) => new(user, ApprovalDecision.Approve, null, Noon, []);

    private static Promotion Measured(VerificationPhase phase) => Succeeded.RecordVerification(phase, "seen", Noon);

    private static Promotion Waits(double next, double deadline) => Running.RecordStep(
        0, StepResult.Waiting("") with { NextCheckAt = Noon.AddSeconds(next), Deadline = Noon.AddSeconds(deadline) }, TimeSpan.Zero, Noon);
}
