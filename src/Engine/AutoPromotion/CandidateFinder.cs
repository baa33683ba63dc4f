using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Engine.AutoPromotion;

/// <summary>
/// Finds the freight that a stage could take, newest first, without reading history: straight from the warehouse's list, or
/// through the pointers that verification and approval leave.
/// </summary>
public sealed class CandidateFinder(ProjectStore store)
{
    /// <summary>How far back it looks. What is older than all of these, or than what the stage holds, is nobody's candidate.</summary>
    public const int Depth = 25;

    public async Task<IReadOnlyList<Freight>> FindAsync(
        string project, FreightRequest request, Stage stage, StageState state, CancellationToken cancellationToken)
    {
        if (request.Sources is { SelectionPolicy: SelectionPolicy.MatchUpstream, Stages: [var matched] } && !stage.IsControlFlow)
        {
            return await FindHeldByAsync(project, request.Warehouse, matched, cancellationToken);
        }

        if (request.Sources.Direct)
        {
            // The newest direct freight is always available: one row answers. A control-flow stage passes all of it.
            return (await store.ListFreightAsync(project, request.Warehouse, stage.IsControlFlow ? Depth : 1, null, cancellationToken)).Items;
        }

        Dictionary<string, Freight> found = [];
        foreach (var upstream in request.Sources.Stages)
        {
            await CollectAsync(found, store.ListVerifiedInAsync(project, upstream, request.Warehouse, Depth, cancellationToken), request, stage, state);
        }

        await CollectAsync(found, store.ListApprovedForAsync(project, stage.Name, request.Warehouse, Depth, cancellationToken), request, stage, state);
        return [.. found.Values.OrderByDescending(f => f.DiscoveredAt).ThenBy(f => f.Id, StringComparer.Ordinal)];
    }

    /// <summary>What the upstream stage holds, however old: it may have gone back to freight that this stage had long ago.</summary>
    private async Task<IReadOnlyList<Freight>> FindHeldByAsync(string project, string warehouse, string upstream, CancellationToken cancellationToken)
    {
        var state = await store.GetStageAsync(project, upstream, cancellationToken);
        return state.Value.Current.TryGetValue(warehouse, out var held)
            && await store.GetFreightAsync(project, held.Id, cancellationToken) is { Value: var freight }
            ? [freight]
            : [];
    }

    private static async Task CollectAsync(
        Dictionary<string, Freight> found, IAsyncEnumerable<Freight> newestFirst, FreightRequest request, Stage stage, StageState state)
    {
        await foreach (var freight in newestFirst)
        {
            found.TryAdd(freight.Id, freight);
            var isHere = stage.IsControlFlow ? freight.IsVerifiedIn(stage.Name) : state.Has(request.Warehouse, freight.Id);
            if (isHere)
            {
                return;
            }
        }
    }
}
