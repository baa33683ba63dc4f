using System.Collections.Concurrent;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Records;

/// <summary>
/// What this process read or wrote last of the rows that every push reads: the store is asked all the same, but a row that still has
/// the version it had is not parsed again. One entry a warehouse, and one for the deliveries.
/// </summary>
internal sealed class IngestMemory
{
    private readonly ConcurrentDictionary<(string Project, string Key), (string Version, object Value)> _known = new();

    public Stored<T> Read<T>(string project, Row row)
        where T : class
    {
        if (_known.TryGetValue((project, row.Key), out var known) && known.Version == row.Version && known.Value is T value)
        {
            return new Stored<T>(value, row.Version);
        }

        var read = RecordJson.Read<T>(row.Document);
        Keep(project, row.Key, row.Version, read);
        return new Stored<T>(read, row.Version);
    }

    public void Keep(string project, string key, string version, object value) => _known[(project, key)] = (version, value);
}
