using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>Repeats a promotion that is over: a new promotion of the same freight to the same stage, which says whose retry it is.</summary>
public sealed class PromotionRetrier(ProjectStore store, PromotionCreator creator)
{
    public async Task<PromotionRequestResult> RetryAsync(Pipeline pipeline, string name, string actor, CancellationToken cancellationToken)
    {
        var before = await store.GetPromotionAsync(pipeline.Project, name, cancellationToken);
        return before switch
        {
            null => PromotionRequestResult.Refused(RefusalKind.NotFound, $"Project {pipeline.Project} has no promotion {name}."),
            { Value.IsSettled: false } => PromotionRequestResult.Refused(
                RefusalKind.NotPossible, $"{name} is not over yet. Wait for its end or abort it, then retry."),
            _ => await creator.PromoteAsync(pipeline, before.Value.Stage, before.Value.Freight.Id, actor, cancellationToken, name),
        };
    }

    /// <summary>Repeats a promotion, after making sure that it is the one that the caller means.</summary>
    public async Task<PromotionRequestResult> RetryAsync(
        Pipeline pipeline, string name, string stage, string freightIdOrAlias, string actor, CancellationToken cancellationToken)
    {
        if (await store.GetPromotionAsync(pipeline.Project, name, cancellationToken) is { Value: var before } && !Is(before, stage, freightIdOrAlias))
        {
            return PromotionRequestResult.Refused(
                RefusalKind.NotPossible, $"{name} promoted {before.Freight.Alias} to {before.Stage}, not {freightIdOrAlias} to {stage}.");
        }

        return await RetryAsync(pipeline, name, actor, cancellationToken);
    }

    private static bool Is(Promotion promotion, string stage, string freight) =>
        promotion.Stage == stage && (promotion.Freight.Id == freight || promotion.Freight.Alias == freight);
}
