using Waybill.Domain.Freights;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Housekeeping;

/// <summary>Keeps so much of a warehouse's freight that is older than the oldest in use, and removes the rest once it is old enough.</summary>
public sealed class FreightRetention(ProjectStore store, RetentionOptions options, TimeProvider time)
{
    /// <summary>A run removes no more of one warehouse: freight has rows in several lists, each of which is read.</summary>
    private const int PerRun = 10;

    public async Task<int> RemoveAsync(string project, string warehouse, IReadOnlyCollection<StageState> stages, CancellationToken cancellationToken)
    {
        var inUse = InUse.Freight(stages);
        var recent = InUse.RecentFreight(stages);
        var oldest = await OldestInUseAsync(project, warehouse, inUse, cancellationToken);
        var kept = await store.ListFreightOlderThanAsync(project, warehouse, oldest, null, options.FreightPerWarehouse, cancellationToken);
        if (kept.Count < options.FreightPerWarehouse)
        {
            return 0;
        }

        // What is in use may stand before what is not; it must not fill the page for ever.
        var found = await store.ListFreightOlderThanAsync(
            project, warehouse, kept[^1], time.GetUtcNow() - options.MinAge, PerRun + inUse.Count + recent.Count, cancellationToken);
        var removed = 0;
        foreach (var freight in found.Where(f => !inUse.Contains(f.Id) && !recent.Contains(f.Id) && f.CurrentlyIn.Count == 0).Take(PerRun))
        {
            removed += await RemoveAsync(project, freight.Id, cancellationToken) ? 1 : 0;
        }

        return removed;
    }

    /// <summary>One read of each freight in use, of which there are as many as stages, about.</summary>
    private async Task<Freight?> OldestInUseAsync(string project, string warehouse, IEnumerable<string> inUse, CancellationToken cancellationToken)
    {
        Freight? oldest = null;
        foreach (var id in inUse)
        {
            if (await store.GetFreightAsync(project, id, cancellationToken) is { Value: var freight }
                && freight.Warehouse == warehouse && (oldest is null || freight.DiscoveredAt < oldest.DiscoveredAt))
            {
                oldest = freight;
            }
        }

        return oldest;
    }

    /// <summary>All of its rows go together, provided that nothing happened to it meanwhile.</summary>
    private async Task<bool> RemoveAsync(string project, string id, CancellationToken cancellationToken)
    {
        if (await store.GetFreightAsync(project, id, cancellationToken) is not { } freight)
        {
            return false;
        }

        var transaction = store.Begin(project);
        await transaction.RemoveAsync(freight, cancellationToken);
        return transaction.Count <= RowLimits.ChangesPerCommit && await transaction.TryCommitAsync(cancellationToken);
    }
}
