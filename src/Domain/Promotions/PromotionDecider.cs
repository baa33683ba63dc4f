namespace Waybill.Domain.Promotions;

/// <summary>Says what to do next about a promotion: a pure function of its record and the time.</summary>
public static class PromotionDecider
{
    public static Directive Next(Promotion promotion, DateTimeOffset now) => promotion switch
    {
        { IsSettled: true } => new(DirectiveKind.Done, Reason: promotion.Message),
        { IsTerminal: true } => NextForVerification(promotion.Verification!, now),
        { Abort: not null } => new(DirectiveKind.FinishPromotion, Reason: $"Aborted by {promotion.Abort.Actor}."),
        { Phase: PromotionPhase.Pending } => new(DirectiveKind.AwaitTurn, Reason: "Waits for its turn."),
        _ when promotion.CurrentStep == promotion.Steps.Count => new(DirectiveKind.FinishPromotion, Reason: "All steps are over."),
        _ => NextForStep(promotion, promotion.CurrentStep, now),
    };

    private static Directive NextForStep(Promotion promotion, int index, DateTimeOffset now)
    {
        var step = promotion.StepStates[index];
        if (step.Wait is not { } wait || wait.IsDue(now) || step.Approval is { IsDecided: true })
        {
            return new(DirectiveKind.ExecuteStep, index, Reason: promotion.Steps[index].As);
        }

        var kind = step.Approval is null ? DirectiveKind.WaitUntil : DirectiveKind.AwaitApproval;
        return new(kind, index, Min(wait.NextCheckAt, wait.Deadline), step.Message);
    }

    private static Directive NextForVerification(Verification verification, DateTimeOffset now) =>
        verification.CurrentRun is null ? NextForHealth(verification, now) : NextForRun(verification, now);

    private static Directive NextForRun(Verification verification, DateTimeOffset now)
    {
        var due = now >= verification.NextCheckAt || verification.Abort is not null || now < verification.DecidedAt;
        return due
            ? new(DirectiveKind.MeasureVerification, Reason: "Measures.")
            : new(DirectiveKind.WaitUntil, Until: verification.NextCheckAt, Reason: "Waits for the next measurement.");
    }

    private static Directive NextForHealth(Verification verification, DateTimeOffset now)
    {
        // Further off than any pause is only what a clock was set back from.
        var due = verification.Abort is not null || now >= verification.NextCheckAt || now >= verification.Deadline || verification.NextCheckAt - now > PollSchedule.Longest;
        return due
            ? new(DirectiveKind.MeasureVerification, Reason: "Looks at the stage's health.")
            : new(DirectiveKind.WaitUntil, Until: Min(verification.NextCheckAt, verification.Deadline), Reason: verification.Message);
    }

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
