using Waybill.Domain.Auditing;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>Has what a stage holds verified again, or a verification stopped, because a person asked for it.</summary>
public sealed class VerificationDesk(ProjectStore store, AuditLog audit, IDriver driver, TimeProvider time)
{
    /// <summary>Verifies anew what the stage's last promotion brought, as the stage's manifest now says.</summary>
    public async Task<PromotionRequestResult> ReverifyAsync(
        Pipeline pipeline, string stageName, string actor, string reason, CancellationToken cancellationToken)
    {
        if (pipeline.FindStage(stageName) is not { } stage)
        {
            return NoStage(pipeline, stageName);
        }

        var result = await Optimistic.RunAsync(token => TryReverifyAsync(pipeline.Project, stage, actor, reason, token), cancellationToken);
        if (result.IsAccepted)
        {
            await driver.DrivePromotionAsync(new PromotionKey(pipeline.Project, result.Promotion.Name), cancellationToken);
        }

        return result;
    }

    /// <summary>Stops the verification that is under way in the stage.</summary>
    public async Task<PromotionRequestResult> AbortAsync(
        Pipeline pipeline, string stageName, string actor, string reason, CancellationToken cancellationToken)
    {
        if (pipeline.FindStage(stageName) is not { } stage)
        {
            return NoStage(pipeline, stageName);
        }

        var result = await Optimistic.RunAsync(token => TryAbortAsync(pipeline.Project, stage, actor, reason, token), cancellationToken);
        if (result.IsAccepted)
        {
            await driver.WakePromotionAsync(new PromotionKey(pipeline.Project, result.Promotion.Name), WakeReason.AbortRequested, cancellationToken);
        }

        return result;
    }

    private static PromotionRequestResult NoStage(Pipeline pipeline, string stage) =>
        PromotionRequestResult.Refused(RefusalKind.NotFound, $"Project {pipeline.Project} has no stage {stage}.");

    private async Task<PromotionRequestResult> TryReverifyAsync(string project, Stage stage, string actor, string reason, CancellationToken cancellationToken)
    {
        var state = await store.GetStageAsync(project, stage.Name, cancellationToken);
        if (state.Value.CurrentPromotion is { } busy)
        {
            return PromotionRequestResult.Refused(
                RefusalKind.AlreadyPromoting, $"The promotion of {busy.Freight.Alias} to {stage.Name} is under way, its verification included: wait for it, or abort it.");
        }

        if (state.Value.History is not [var held, ..] || await store.GetPromotionAsync(project, held.Promotion, cancellationToken) is not { } promotion)
        {
            return PromotionRequestResult.Refused(RefusalKind.NotPossible, $"Nothing was promoted to {stage.Name} that could be verified.");
        }

        var now = time.GetUtcNow();
        var again = promotion.Value.Reverify(stage.Analysis, stage.VerificationTimeout, actor, now);
        var after = state.Value with
        {
            CurrentPromotion = new QueuedPromotion(again.Name, again.Freight, again.Actor, again.CreatedAt),
            Verification = new VerificationSummary(again.Name, again.Freight.Id, VerificationPhase.Pending, "", now),
        };
        await store.Begin(project)
            .Write(promotion.Then(again))
            .Write(state.Then(after))
            .Audit(audit.Entry(AuditAction.VerificationRequested, actor, again, $"{again.Freight.Alias} is to be verified in {stage.Name} again.", reason))
            .CommitAsync(cancellationToken);
        return PromotionRequestResult.Created(again);
    }

    private async Task<PromotionRequestResult> TryAbortAsync(string project, Stage stage, string actor, string reason, CancellationToken cancellationToken)
    {
        var state = await store.GetStageAsync(project, stage.Name, cancellationToken);
        if (state.Value.CurrentPromotion is not { } current
            || await store.GetPromotionAsync(project, current.Name, cancellationToken) is not { Value: { IsTerminal: true, IsSettled: false } } promotion)
        {
            return PromotionRequestResult.Refused(RefusalKind.NotPossible, $"No verification is under way in {stage.Name}.");
        }

        var asked = promotion.Value.RequestVerificationAbort(actor, reason, time.GetUtcNow());
        if (promotion.Value.Verification!.Abort is null)
        {
            await store.Begin(project)
                .Write(promotion.Then(asked))
                .Audit(audit.Entry(AuditAction.AbortRequested, actor, asked, $"The verification of {asked.Freight.Alias} in {stage.Name} is to be aborted.", reason))
                .CommitAsync(cancellationToken);
        }

        return PromotionRequestResult.Created(asked);
    }
}
