using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Reporting;

namespace Waybill.Engine.Records;

/// <summary>A project's records, read. Each method is one round trip unless it says otherwise; no cost grows with history.</summary>
public sealed class ProjectStore(IRowStore rows)
{
    /// <summary>More stages than any pipeline has: the states of all come in one read.</summary>
    private const int MaxStages = 1000;

    private readonly IngestMemory _ingest = new();

    public ProjectTransaction Begin(string project) => new(rows, project, _ingest);

    public async Task<Stored<StageState>> GetStageAsync(string project, string stage, CancellationToken cancellationToken) =>
        await GetAsync<StageState>(project, RowKeys.Stage(stage), cancellationToken) ?? new(new StageState { Stage = stage }, null);

    /// <summary>The states of all stages that ever had one, by name.</summary>
    public async Task<IReadOnlyDictionary<string, Stored<StageState>>> ListStagesAsync(string project, CancellationToken cancellationToken)
    {
        var found = await rows.QueryAsync(project, KeyRange.Prefix(RowKeys.Stages), MaxStages, cancellationToken);
        return found.Select(Read<StageState>).ToDictionary(s => s.Value.Stage);
    }

    public Task<Stored<Freight>?> GetFreightAsync(string project, string id, CancellationToken cancellationToken) =>
        GetAsync<Freight>(project, RowKeys.Freight(id), cancellationToken);

    /// <summary>Freight by its identity or its alias; two round trips for an alias.</summary>
    public async Task<Stored<Freight>?> FindFreightAsync(string project, string idOrAlias, CancellationToken cancellationToken)
    {
        if (!Looks.LikeKeyPart(idOrAlias))
        {
            return null;
        }

        if (Looks.LikeHash(idOrAlias))
        {
            return await GetFreightAsync(project, idOrAlias, cancellationToken);
        }

        var pointer = await GetAsync<FreightPointer>(project, RowKeys.Alias(idOrAlias), cancellationToken);
        return pointer is null ? null : await GetFreightAsync(project, pointer.Value.Id, cancellationToken);
    }

    /// <summary>A warehouse's freight, newest first.</summary>
    public Task<Page<Freight>> ListFreightAsync(string project, string warehouse, int limit, string? after, CancellationToken cancellationToken) =>
        ListAsync<Freight>(project, RowKeys.FreightOf(warehouse), limit, after, cancellationToken);

    /// <summary>Freight of a warehouse that a stage verified, newest first; one more round trip for each.</summary>
    public IAsyncEnumerable<Freight> ListVerifiedInAsync(string project, string stage, string warehouse, int limit, CancellationToken cancellationToken) =>
        ListPointedAtAsync(project, RowKeys.VerifiedIn(stage, warehouse), limit, cancellationToken);

    /// <summary>Freight of a warehouse that was approved for a stage, newest first; one more round trip for each.</summary>
    public IAsyncEnumerable<Freight> ListApprovedForAsync(string project, string stage, string warehouse, int limit, CancellationToken cancellationToken) =>
        ListPointedAtAsync(project, RowKeys.ApprovedFor(stage, warehouse), limit, cancellationToken);

    public async Task<Stored<Promotion>?> GetPromotionAsync(string project, string name, CancellationToken cancellationToken) =>
        RowKeys.Promotion(name) is { } key && Looks.LikeKeyPart(name) ? await GetAsync<Promotion>(project, key, cancellationToken) : null;

    /// <summary>A stage's promotions, newest first.</summary>
    public Task<Page<Promotion>> ListPromotionsAsync(string project, string stage, int limit, string? after, CancellationToken cancellationToken) =>
        ListAsync<Promotion>(project, RowKeys.PromotionsOf(stage), limit, after, cancellationToken);

    /// <summary>
    /// A stage's promotions that were created before one of them and before a moment, newest first, with their versions; either limit
    /// may be null.
    /// </summary>
    public async Task<IReadOnlyList<Stored<Promotion>>> ListPromotionsOlderThanAsync(
        string project, string stage, string? promotion, DateTimeOffset? created, int limit, CancellationToken cancellationToken)
    {
        var range = After(KeyRange.Prefix(RowKeys.PromotionsOf(stage)), promotion is null ? null : RowKeys.Promotion(promotion), created is null ? null : RowKeys.PromotionsBefore(stage, created.Value));
        return [.. (await rows.QueryAsync(project, range, limit, cancellationToken)).Select(Read<Promotion>)];
    }

    /// <summary>A warehouse's freight that was discovered before other freight and before a moment, newest first; either limit may be null.</summary>
    public async Task<IReadOnlyList<Freight>> ListFreightOlderThanAsync(
        string project, string warehouse, Freight? freight, DateTimeOffset? discovered, int limit, CancellationToken cancellationToken)
    {
        var prefix = RowKeys.FreightOf(warehouse);
        var range = After(KeyRange.Prefix(prefix), freight is null ? null : prefix + RowKeys.Position(freight), discovered is null ? null : prefix + RowKeys.PositionOf(discovered.Value));
        return [.. (await rows.QueryAsync(project, range, limit, cancellationToken)).Select(r => Read<Freight>(r).Value)];
    }

    /// <summary>What GitHub was told of a stage's promotions.</summary>
    public async Task<Stored<StageReports>> GetReportsAsync(string project, string stage, CancellationToken cancellationToken) =>
        await GetAsync<StageReports>(project, RowKeys.Reports(stage), cancellationToken) ?? new(new StageReports { Stage = stage }, null);

    /// <summary>The audit, newest first.</summary>
    public Task<Page<AuditEntry>> ListAuditAsync(string project, int limit, string? after, CancellationToken cancellationToken) =>
        ListAsync<AuditEntry>(project, RowKeys.Audit, limit, after, cancellationToken);

    /// <summary>What is known of all warehouses' repositories, and which deliveries were taken.</summary>
    public async Task<IngestState> GetIngestStateAsync(string project, CancellationToken cancellationToken)
    {
        var found = await rows.QueryAsync(project, KeyRange.Prefix(RowKeys.Ingest), MaxStages, cancellationToken);
        var deliveries = found.FirstOrDefault(r => r.Key == RowKeys.Deliveries);
        return new IngestState(
            deliveries is null ? new(new DeliveryLog(), null) : _ingest.Read<DeliveryLog>(project, deliveries),
            found.Where(r => r.Key != RowKeys.Deliveries).Select(r => _ingest.Read<WarehouseState>(project, r)).ToDictionary(w => w.Value.Warehouse));
    }

    private static KeyRange After(KeyRange range, params string?[] keys) => keys.OfType<string>().Max(StringComparer.Ordinal) is { } key ? range.After(key) : range;

    private async Task<Stored<T>?> GetAsync<T>(string project, string key, CancellationToken cancellationToken) =>
        await rows.GetAsync(project, key, cancellationToken) is { } row ? Read<T>(row) : null;

    private async Task<Page<T>> ListAsync<T>(string project, string prefix, int limit, string? after, CancellationToken cancellationToken)
    {
        var range = KeyRange.Prefix(prefix);
        range = after is { Length: > 0 } && Looks.LikeKeyPart(after) ? range.After(prefix + after) : range;
        var found = await rows.QueryAsync(project, range, limit, cancellationToken);
        return new Page<T>(
            [.. found.Select(r => Read<T>(r).Value)],
            found.Count == limit ? found[^1].Key[prefix.Length..] : null);
    }

    private async IAsyncEnumerable<Freight> ListPointedAtAsync(
        string project, string prefix, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in await rows.QueryAsync(project, KeyRange.Prefix(prefix), limit, cancellationToken))
        {
            if (await GetFreightAsync(project, Read<FreightPointer>(row).Value.Id, cancellationToken) is { Value: var freight })
            {
                yield return freight;
            }
        }
    }

    private static Stored<T> Read<T>(Row row) => new(RecordJson.Read<T>(row.Document), row.Version);
}

/// <summary>What a project knows of its repositories.</summary>
public sealed record IngestState(Stored<DeliveryLog> Deliveries, IReadOnlyDictionary<string, Stored<WarehouseState>> Warehouses)
{
    public Stored<WarehouseState> Of(string warehouse) =>
        Warehouses.GetValueOrDefault(warehouse) ?? new(new WarehouseState { Warehouse = warehouse }, null);
}
