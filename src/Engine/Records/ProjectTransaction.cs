using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Reporting;

namespace Waybill.Engine.Records;

/// <summary>Changes to a project's records, and their audit, that happen together or not at all.</summary>
public sealed class ProjectTransaction
{
    private readonly IRowStore _rows;
    private readonly string _project;
    private readonly IngestMemory _memory;
    private readonly Dictionary<string, object> _ingest = [];
    private readonly List<RowChange> _changes = [];

    internal ProjectTransaction(IRowStore rows, string project, IngestMemory memory) => (_rows, _project, _memory) = (rows, project, memory);

    /// <summary>How many rows it would write so far: at most <see cref="RowLimits.ChangesPerCommit"/> fit.</summary>
    public int Count => _changes.Count;

    public ProjectTransaction Write(Stored<StageState> stage) => Write(RowKeys.Stage(stage.Value.Stage), stage);

    public ProjectTransaction Write(Stored<Promotion> promotion) => Write(RowKeys.Promotion(promotion.Value.Name)!, promotion);

    public ProjectTransaction Write(Stored<WarehouseState> warehouse) => WriteIngest(RowKeys.Warehouse(warehouse.Value.Warehouse), warehouse);

    public ProjectTransaction Write(Stored<DeliveryLog> deliveries) => WriteIngest(RowKeys.Deliveries, deliveries);

    public ProjectTransaction Write(Stored<StageReports> reports) => Write(RowKeys.Reports(reports.Value.Stage), reports);

    /// <summary>Writes freight with its place in the warehouse's list and, for new freight, its alias.</summary>
    public ProjectTransaction Write(Stored<Freight> freight)
    {
        Write(RowKeys.Freight(freight.Value.Id), freight);
        if (freight.Version is null)
        {
            _changes.Add(RowChange.Insert(RowKeys.Alias(freight.Value.Alias), RecordJson.Write(new FreightPointer(freight.Value.Id))));
        }

        // The copy needs no version of its own: the row above guards both.
        _changes.Add(RowChange.Put(RowKeys.FreightOf(freight.Value.Warehouse) + RowKeys.Position(freight.Value), RecordJson.Write(freight.Value)));
        return this;
    }

    public ProjectTransaction PointVerified(string stage, Freight freight) => Point(RowKeys.VerifiedIn(stage, freight.Warehouse), freight);

    public ProjectTransaction PointApproved(string stage, Freight freight) => Point(RowKeys.ApprovedFor(stage, freight.Warehouse), freight);

    public ProjectTransaction Remove(Stored<Promotion> promotion)
    {
        _changes.Add(RowChange.Delete(RowKeys.Promotion(promotion.Value.Name)!, promotion.Version!));
        return this;
    }

    /// <summary>Removes freight from wherever it stands, after reading which versions stand there: one round trip for each list it is in.</summary>
    public async Task RemoveAsync(Stored<Freight> freight, CancellationToken cancellationToken)
    {
        var (value, position) = (freight.Value, RowKeys.Position(freight.Value));
        _changes.Add(RowChange.Delete(RowKeys.Freight(value.Id), freight.Version!));
        string[] others =
        [
            RowKeys.Alias(value.Alias),
            RowKeys.FreightOf(value.Warehouse) + position,
            .. value.VerifiedIn.Keys.Select(s => RowKeys.VerifiedIn(s, value.Warehouse) + position),
            .. value.ApprovedFor.Keys.Select(s => RowKeys.ApprovedFor(s, value.Warehouse) + position),
        ];
        foreach (var key in others)
        {
            if (await _rows.GetAsync(_project, key, cancellationToken) is { } row)
            {
                _changes.Add(RowChange.Delete(key, row.Version));
            }
        }
    }

    public ProjectTransaction Audit(AuditEntry entry)
    {
        _changes.Add(RowChange.Insert(RowKeys.AuditEntry(entry.Id), RecordJson.Write(entry)));
        return this;
    }

    /// <summary>One round trip. Throws <see cref="RowConflictException"/> when something was not as it was read.</summary>
    public async Task<CommittedVersions> CommitAsync(CancellationToken cancellationToken)
    {
        var result = await CommitRowsAsync(cancellationToken);
        return result.Conflict is { } conflict ? throw new RowConflictException(conflict) : new CommittedVersions(result.Versions);
    }

    /// <summary>One round trip. Says whether everything was still as it was read; if not, nothing is changed.</summary>
    public async Task<bool> TryCommitAsync(CancellationToken cancellationToken) =>
        (await CommitRowsAsync(cancellationToken)).IsCommitted;

    private async Task<CommitResult> CommitRowsAsync(CancellationToken cancellationToken)
    {
        var result = await _rows.CommitAsync(_project, _changes, cancellationToken);
        foreach (var (key, value) in result.IsCommitted ? _ingest : [])
        {
            _memory.Keep(_project, key, result.Versions[key], value);
        }

        return result;
    }

    private ProjectTransaction WriteIngest<T>(string key, Stored<T> record)
        where T : class
    {
        _ingest[key] = record.Value;
        return Write(key, record);
    }

    private ProjectTransaction Point(string prefix, Freight freight)
    {
        _changes.Add(RowChange.Put(prefix + RowKeys.Position(freight), RecordJson.Write(new FreightPointer(freight.Id))));
        return this;
    }

    private ProjectTransaction Write<T>(string key, Stored<T> record)
    {
        var document = RecordJson.Write(record.Value);
        _changes.Add(record.Version is null ? RowChange.Insert(key, document) : RowChange.Replace(key, document, record.Version));
        return this;
    }
}

/// <summary>The versions that a commit gave to what it wrote.</summary>
public sealed class CommittedVersions(IReadOnlyDictionary<string, string> versions)
{
    public Stored<StageState> Of(StageState stage) => new(stage, versions[RowKeys.Stage(stage.Stage)]);

    public Stored<Promotion> Of(Promotion promotion) => new(promotion, versions[RowKeys.Promotion(promotion.Name)!]);

    public Stored<StageReports> Of(StageReports reports) => new(reports, versions[RowKeys.Reports(reports.Stage)]);

    public Stored<Freight> Of(Freight freight) => new(freight, versions[RowKeys.Freight(freight.Id)]);
}

/// <summary>Somebody else changed a record since it was read: read again and decide again.</summary>
public sealed class RowConflictException(CommitConflict conflict)
    : Exception($"Row {conflict.Key} {(conflict.Kind is ConflictKind.Exists ? "exists already" : "was changed meanwhile")}.")
{
    public CommitConflict Conflict { get; } = conflict;
}
