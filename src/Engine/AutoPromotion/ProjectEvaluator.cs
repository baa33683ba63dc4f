using Waybill.Domain;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Engine.AutoPromotion;

/// <summary>
/// Looks at a project's stages and lets freight go where it can go by itself. Called on every event that may make that possible;
/// doing it twice, or at the same time, changes nothing.
/// </summary>
public sealed class ProjectEvaluator(
    ProjectStore store, IPipelineSource pipelines, CandidateFinder candidates, PromotionCreator creator, ControlFlow controlFlow, TimeProvider time)
{
    /// <summary>Returns when to look again though nothing happens; null when only an event can change anything.</summary>
    public async Task<DateTimeOffset?> EvaluateAsync(string project, CancellationToken cancellationToken)
    {
        if (pipelines.Pipelines.GetValueOrDefault(project) is not { } pipeline)
        {
            return null;
        }

        var states = await store.ListStagesAsync(project, cancellationToken);
        DateTimeOffset? wakeAt = null;
        foreach (var stage in pipeline.Stages.Where(s => s.AutoPromotionEnabled || s.IsControlFlow))
        {
            var at = await Optimistic.RunAsync(
                async token =>
                {
                    // The states came in one read; whoever finds its own stale reads it again.
                    var state = states.GetValueOrDefault(stage.Name) ?? await store.GetStageAsync(project, stage.Name, token);
                    states = states.Without(stage.Name);
                    return await EvaluateAsync(project, stage, state, token);
                },
                cancellationToken);
            wakeAt = Earlier(wakeAt, at);
        }

        return wakeAt;
    }

    private async Task<DateTimeOffset?> EvaluateAsync(string project, Stage stage, Stored<StageState> state, CancellationToken cancellationToken)
    {
        DateTimeOffset? wakeAt = null;
        foreach (var request in stage.RequestedFreight)
        {
            var freight = await candidates.FindAsync(project, request, stage, state.Value, cancellationToken);
            if (stage.IsControlFlow)
            {
                wakeAt = Earlier(wakeAt, await controlFlow.PassAsync(project, stage, freight, cancellationToken));
                continue;
            }

            var decision = Domain.Stages.AutoPromotion.Decide(stage, request, state.Value, freight, time.GetUtcNow());
            wakeAt = Earlier(wakeAt, decision.WakeAt);
            if (decision.Freight is { } chosen)
            {
                await creator.PromoteAutomaticallyAsync(project, stage, state, chosen, cancellationToken);
                state = await store.GetStageAsync(project, stage.Name, cancellationToken);
            }
        }

        return wakeAt;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;
}
