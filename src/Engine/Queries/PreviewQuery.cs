using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Queries;

/// <summary>
/// Finds what previews in the stages just before said about a promotion's freight: what whoever is to approve it wants to see. Two
/// round trips a stage.
/// </summary>
public sealed class PreviewQuery(ProjectStore store, IPipelineSource pipelines)
{
    private const int MostStages = 8;

    public async Task<IReadOnlyList<StackRun>> UpstreamOfAsync(Promotion promotion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        var found = await Task.WhenAll(StagesBefore(promotion).Select(stage => InStageAsync(promotion, stage, cancellationToken)));
        return [.. found.SelectMany(runs => runs).Where(r => r.Type is "preview")];
    }

    private IEnumerable<string> StagesBefore(Promotion promotion) =>
        (pipelines.Pipelines.GetValueOrDefault(promotion.Project)?.FindStage(promotion.Stage)?.RequestedFreight ?? [])
        .Where(r => r.Warehouse == promotion.Freight.Warehouse)
        .SelectMany(r => r.Sources.Stages)
        .Distinct()
        .Take(MostStages);

    private async Task<IReadOnlyList<StackRun>> InStageAsync(Promotion promotion, string stage, CancellationToken cancellationToken)
    {
        var state = await store.GetStageAsync(promotion.Project, stage, cancellationToken);
        return BroughtBy(state.Value, promotion.Freight) is { } name
            && await store.GetPromotionAsync(promotion.Project, name, cancellationToken) is { } brought
                ? brought.Value.Runs
                : [];
    }

    private static string? BroughtBy(StageState state, FreightReference freight) =>
        state.History.FirstOrDefault(h => h.Freight.GetValueOrDefault(freight.Warehouse)?.Id == freight.Id)?.Promotion;
}
