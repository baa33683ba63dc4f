using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;

namespace Waybill.Engine.Promotions;

/// <summary>Gives a free stage to the promotion that has waited longest.</summary>
public sealed class StageQueue(
    ProjectStore store, IPipelineSource pipelines, AuditLog audit, PromotionReporter reporter, IDriver driver, TimeProvider time)
{
    /// <summary>A promotion let go of the stage: the next one starts, and freight may have become available further down.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stage">The stage as it was then: what is queued later, at a stage that is free, starts by itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ReleaseAsync(string project, StageState stage, CancellationToken cancellationToken)
    {
        if (stage.IsBusy || stage.Queue.Count > 0)
        {
            await StartNextAsync(project, stage.Stage, cancellationToken);
        }

        await driver.EvaluateProjectAsync(project, null, cancellationToken);
    }

    /// <summary>Starts the next promotion if the stage is free and one waits. Whichever has the stage then is driven.</summary>
    public async Task StartNextAsync(string project, string stage, CancellationToken cancellationToken)
    {
        if (await Optimistic.RunAsync(token => TryStartAsync(project, stage, token), cancellationToken) is { } current)
        {
            await driver.DrivePromotionAsync(current, cancellationToken);
        }
    }

    /// <summary>Has GitHub told what it may have missed of a stage's promotions.</summary>
    public void ReportAgain(string project, StageState stage)
    {
        string?[] known = [stage.LastPromotion?.Name, stage.CurrentPromotion?.Name, .. stage.Queue.Select(p => p.Name)];
        foreach (var promotion in known.OfType<string>().Distinct())
        {
            reporter.Report(project, promotion);
        }
    }

    private async Task<PromotionKey?> TryStartAsync(string project, string stage, CancellationToken cancellationToken)
    {
        var state = await store.GetStageAsync(project, stage, cancellationToken);
        while (!state.Value.IsBusy && state.Value.Queue is [var next, ..])
        {
            var rest = state.Value with { Queue = [.. state.Value.Queue.Skip(1)] };
            var promotion = await store.GetPromotionAsync(project, next.Name, cancellationToken);
            if (promotion is not { Value.Phase: PromotionPhase.Pending })
            {
                state = state.Then(rest);
                continue;
            }

            if (await WhyNotAsync(project, promotion.Value, cancellationToken) is { } reason)
            {
                state = await DropAsync(project, state.Then(rest), promotion, reason, cancellationToken);
                continue;
            }

            var begun = promotion.Value.Begin(time.GetUtcNow());
            await store.Begin(project)
                .Write(promotion.Then(begun))
                .Write(state.Then(rest with { CurrentPromotion = next }))
                .Audit(audit.Entry(AuditAction.PromotionStarted, begun.Actor, begun, $"The promotion of {begun.Freight.Alias} to {stage} started."))
                .CommitAsync(cancellationToken);
            reporter.Report(project, begun.Name);
            return new PromotionKey(project, begun.Name);
        }

        return state.Value.CurrentPromotion is { } current ? new PromotionKey(project, current.Name) : null;
    }

    /// <summary>Freight that was available when the promotion was asked for may not be any more.</summary>
    private async Task<string?> WhyNotAsync(string project, Promotion promotion, CancellationToken cancellationToken)
    {
        if (pipelines.Pipelines.GetValueOrDefault(project)?.FindStage(promotion.Stage) is not { } stage)
        {
            return $"Stage {promotion.Stage} is no longer in the pipeline.";
        }

        var freight = await store.GetFreightAsync(project, promotion.Freight.Id, cancellationToken);
        var availability = freight is null ? null : Availability.Of(freight.Value, stage, time.GetUtcNow());
        return availability switch
        {
            null => $"Freight {promotion.Freight.Alias} no longer exists.",
            { IsAvailable: false } => $"Freight {promotion.Freight.Alias} is no longer available: {availability.Reason}",
            _ => null,
        };
    }

    private async Task<Stored<StageState>> DropAsync(
        string project, Stored<StageState> state, Stored<Promotion> promotion, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var dropped = promotion.Value with { Phase = PromotionPhase.Failed, Message = reason, FinishedAt = now };
        var after = state.Value with { LastPromotion = new PromotionSummary(dropped.Name, dropped.Freight, dropped.Phase, reason, now) };
        var versions = await store.Begin(project)
            .Write(promotion.Then(dropped))
            .Write(state.Then(after))
            .Audit(audit.Entry(AuditAction.PromotionFailed, "waybill", dropped, reason))
            .CommitAsync(cancellationToken);
        reporter.Report(project, dropped.Name);
        return versions.Of(after);
    }
}
