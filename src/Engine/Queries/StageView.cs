using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;

namespace Waybill.Engine.Queries;

/// <summary>A stage as people look at it: its definition, its state, and what could come next.</summary>
public sealed record StageView
{
    public required Stage Stage { get; init; }

    public required StageState State { get; init; }

    /// <summary>How many stages freight passes before this one, at most: its column on a drawing.</summary>
    public required int Depth { get; init; }

    /// <summary>The promotion under way, read when its steps are not over yet.</summary>
    public Promotion? Running { get; init; }

    /// <summary>One entry for each origin that the stage requests.</summary>
    public required IReadOnlyList<OriginView> Origins { get; init; }

    public StagePhase Phase => StagePhases.Of(Stage, State, Running);

    /// <summary>The approval that the running promotion waits for; null when it waits for none.</summary>
    public PendingApproval? Approval => PendingApproval.Of(Running);

    /// <summary>What a person can promote here now, newest first.</summary>
    public IEnumerable<FreightOption> Promotable =>
        Origins.SelectMany(o => o.Freight).Where(o => o.Availability.IsAvailable && !State.IsPromoting(o.Freight.Id));
}

/// <summary>What one origin offers a stage.</summary>
/// <param name="Request">What the stage asks of it.</param>
/// <param name="AutoPromotion">What auto-promotion does about it, judged by <paramref name="Freight"/>.</param>
/// <param name="Freight">The origin's newest freight.</param>
public sealed record OriginView(FreightRequest Request, Domain.Stages.AutoPromotion AutoPromotion, IReadOnlyList<FreightOption> Freight);

/// <summary>A piece of freight, and whether a stage can take it.</summary>
/// <param name="Freight">The freight.</param>
/// <param name="Availability">Why it can or cannot.</param>
/// <param name="IsCurrent">Whether the stage holds it.</param>
public sealed record FreightOption(Freight Freight, Availability Availability, bool IsCurrent);

/// <summary>An approval that a promotion waits for.</summary>
/// <param name="Promotion">The promotion.</param>
/// <param name="Step">The index of the step that waits.</param>
/// <param name="Gate">Who may answer, and what was answered.</param>
public sealed record PendingApproval(Promotion Promotion, int Step, ApprovalGate Gate)
{
    public static PendingApproval? Of(Promotion? promotion)
    {
        if (promotion is not { Phase: PromotionPhase.Running, Abort: null } || promotion.CurrentStep >= promotion.StepStates.Count)
        {
            return null;
        }

        var step = promotion.CurrentStep;
        return promotion.StepStates[step].Approval is { IsDecided: false } gate ? new PendingApproval(promotion, step, gate) : null;
    }
}
