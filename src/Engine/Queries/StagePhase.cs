using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;

namespace Waybill.Engine.Queries;

/// <summary>What a stage is doing, in one word.</summary>
public enum StagePhase
{
    /// <summary>Nothing was promoted to it yet.</summary>
    Empty,

    /// <summary>It has no steps: freight passes by itself.</summary>
    ControlFlow,

    /// <summary>A promotion runs.</summary>
    Promoting,

    /// <summary>A promotion runs and waits for people.</summary>
    AwaitingApproval,

    /// <summary>A promotion succeeded and is being verified.</summary>
    Verifying,

    /// <summary>The last promotion or its verification did not work.</summary>
    Failed,

    /// <summary>The last promotion worked, and was verified.</summary>
    Ready,
}

/// <summary>Finds a stage's phase. What is under way hides what was before it.</summary>
public static class StagePhases
{
    /// <param name="stage">The stage.</param>
    /// <param name="state">Its state.</param>
    /// <param name="running">Its current promotion, if that was read.</param>
    public static StagePhase Of(Stage stage, StageState state, Promotion? running) => state switch
    {
        _ when stage.IsControlFlow => StagePhase.ControlFlow,
        { CurrentPromotion: not null } when IsVerifying(state) => StagePhase.Verifying,
        { CurrentPromotion: not null } => PendingApproval.Of(running) is null ? StagePhase.Promoting : StagePhase.AwaitingApproval,
        { LastPromotion: { Phase: not (PromotionPhase.Succeeded or PromotionPhase.Aborted) } } => StagePhase.Failed,
        { Verification: { Phase: var phase } } when phase.IsTerminal() && phase is not VerificationPhase.Successful => StagePhase.Failed,
        { Current.Count: > 0 } => StagePhase.Ready,
        _ => StagePhase.Empty,
    };

    /// <summary>Whether the stage's current promotion has succeeded and only its verification is left.</summary>
    public static bool IsVerifying(StageState state) =>
        state.CurrentPromotion is { } current && state.Verification?.Promotion == current.Name;
}
