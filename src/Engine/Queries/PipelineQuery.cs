using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Engine.Queries;

/// <summary>
/// Reads a pipeline for people: one round trip for all stages, one a warehouse, and one for each promotion that runs; never more,
/// however much history there is. Freight older than a warehouse's newest <see cref="Recent"/> is not looked at.
/// </summary>
public sealed class PipelineQuery(ProjectStore store, TimeProvider time)
{
    /// <summary>How much of a warehouse's freight is looked at, newest first.</summary>
    public const int Recent = 25;

    public async Task<PipelineView> GetAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        var states = store.ListStagesAsync(pipeline.Project, cancellationToken);
        var freight = ReadFreightAsync(pipeline, pipeline.Warehouses.Select(w => w.Name), cancellationToken);
        await Task.WhenAll(states, freight);

        var stages = await Task.WhenAll(pipeline.Stages.Select(s =>
            ViewAsync(pipeline, s, states.Result.GetValueOrDefault(s.Name)?.Value ?? new StageState { Stage = s.Name }, freight.Result, cancellationToken)));
        return new PipelineView(pipeline, stages, [.. freight.Result.Values.SelectMany(f => f).OrderByDescending(f => f.DiscoveredAt).Take(Recent)]);
    }

    /// <summary>One stage alone: a round trip for it, one for each of its origins, one for its running promotion.</summary>
    public async Task<StageView> GetStageAsync(Pipeline pipeline, Stage stage, CancellationToken cancellationToken)
    {
        var state = store.GetStageAsync(pipeline.Project, stage.Name, cancellationToken);
        var freight = ReadFreightAsync(pipeline, stage.RequestedFreight.Select(r => r.Warehouse), cancellationToken);
        await Task.WhenAll(state, freight);
        return await ViewAsync(pipeline, stage, state.Result.Value, freight.Result, cancellationToken);
    }

    private async Task<StageView> ViewAsync(
        Pipeline pipeline, Stage stage, StageState state, IReadOnlyDictionary<string, IReadOnlyList<Freight>> freight, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return new StageView
        {
            Stage = stage,
            State = state,
            Depth = Depths.Of(pipeline)[stage.Name],
            Running = await ReadRunningAsync(pipeline.Project, state, cancellationToken),
            Origins = [.. stage.RequestedFreight.Select(r => View(stage, r, state, freight.GetValueOrDefault(r.Warehouse) ?? [], now))],
        };
    }

    private static OriginView View(Stage stage, FreightRequest request, StageState state, IReadOnlyList<Freight> newestFirst, DateTimeOffset now) => new(
        request,
        Domain.Stages.AutoPromotion.Decide(stage, request, state, newestFirst, now),
        [.. newestFirst.Select(f => new FreightOption(f, Availability.Of(f, stage, now), state.Has(request.Warehouse, f.Id)))]);

    private async Task<Promotion?> ReadRunningAsync(string project, StageState state, CancellationToken cancellationToken) =>
        state.CurrentPromotion is { } current && !StagePhases.IsVerifying(state)
            ? (await store.GetPromotionAsync(project, current.Name, cancellationToken))?.Value
            : null;

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<Freight>>> ReadFreightAsync(
        Pipeline pipeline, IEnumerable<string> warehouses, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(warehouses.Distinct().Select(async warehouse =>
            (warehouse, Page: await store.ListFreightAsync(pipeline.Project, warehouse, Recent, null, cancellationToken))));
        return read.ToDictionary(r => r.warehouse, r => r.Page.Items);
    }
}
