namespace Waybill.Simulation.PulumiCloud;

/// <summary>A stack's history in the simulated Pulumi Cloud: updates number it, previews belong to the version they looked at.</summary>
internal sealed class CloudStack(string name)
{
    private readonly Lock _lock = new();
    private readonly List<CloudRecord> _records = [];

    /// <summary><c>organization/project/stack</c>.</summary>
    public string Name => name;

    public int LatestVersion
    {
        get
        {
            lock (_lock)
            {
                return _records.Where(r => !r.IsPreview).Select(r => r.Version).DefaultIfEmpty().Max();
            }
        }
    }

    /// <summary>Everything, newest first.</summary>
    public IReadOnlyList<CloudRecord> Records => Select(_ => true);

    /// <summary>The updates, newest first.</summary>
    public IReadOnlyList<CloudRecord> Updates => Select(r => !r.IsPreview);

    /// <summary>The previews since a version, newest first.</summary>
    public IReadOnlyList<CloudRecord> PreviewsSince(int version) => Select(r => r.IsPreview && r.Version == version);

    public CloudRecord? Find(string id)
    {
        lock (_lock)
        {
            return _records.Find(r => r.Id == id);
        }
    }

    /// <summary>Adds a record, which gets its version here; one that is known by its id stays as it is.</summary>
    public (CloudRecord Record, bool IsNew) Add(CloudRecord record)
    {
        lock (_lock)
        {
            if (_records.Find(r => r.Id == record.Id) is { } known)
            {
                return (known, false);
            }

            var added = record with { Version = record.IsPreview ? LatestVersion : LatestVersion + 1 };
            _records.Add(added);
            return (added, true);
        }
    }

    public void Change(string id, Func<CloudRecord, CloudRecord> change)
    {
        lock (_lock)
        {
            var index = _records.FindIndex(r => r.Id == id);
            _records[index] = change(_records[index]);
        }
    }

    private List<CloudRecord> Select(Func<CloudRecord, bool> isWanted)
    {
        lock (_lock)
        {
            return [.. _records.Where(isWanted).Reverse()];
        }
    }
}
