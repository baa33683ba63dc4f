using Microsoft.DurableTask;
using Waybill.Domain.Promotions;

namespace Waybill.Functions.Durable;

/// <summary>The activity to call next. Calling one too early or too often is harmless: it says what is next instead.</summary>
internal sealed record PromotionCall(string Activity, PromotionTask Task)
{
    public static PromotionCall Next(PromotionRun run) => new(nameof(PromotionActivities.NextDirective), Of(run));

    public static PromotionCall GiveUp(PromotionRun run, TaskFailedException failure) =>
        new(nameof(PromotionActivities.GiveUpOnPromotion), Of(run) with { Reason = Patience.Describe(failure) });

    /// <summary>What carries a directive out. After a wait the work that was waited with is tried straight away, which saves asking first.</summary>
    public static PromotionCall For(PromotionRun run, Directive directive) => directive switch
    {
        { Kind: DirectiveKind.FinishPromotion } => new(nameof(PromotionActivities.FinishPromotion), Of(run)),
        { Step: >= 0 } => new(nameof(PromotionActivities.ExecuteStep), Of(run) with { Step = directive.Step }),
        { Kind: DirectiveKind.MeasureVerification or DirectiveKind.WaitUntil } => new(nameof(PromotionActivities.MeasureVerification), Of(run)),
        _ => Next(run),
    };

    private static PromotionTask Of(PromotionRun run) => new(run.Project, run.Name);
}
