using System.Text;
using Waybill.Engine.Ports;

namespace Waybill.TestStores;

/// <summary>Counts what another store is asked, so that tests can hold us to a number of round trips.</summary>
public sealed class CountingRowStore(IRowStore inner) : IRowStore
{
    private int _gets;
    private int _queries;
    private int _commits;
    private long _bytesRead;
    private long _bytesWritten;

    public int Gets => Volatile.Read(ref _gets);

    public int Queries => Volatile.Read(ref _queries);

    public int Commits => Volatile.Read(ref _commits);

    /// <summary>All calls since the start or the last reset, the one at start-up not among them.</summary>
    public int RoundTrips => Gets + Queries + Commits;

    /// <summary>Documents read, in UTF-8.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Documents sent, in UTF-8, whether they were stored or refused.</summary>
    public long BytesWritten => Interlocked.Read(ref _bytesWritten);

    public void Reset()
    {
        _gets = _queries = _commits = 0;
        _bytesRead = _bytesWritten = 0;
    }

    public override string ToString() => $"{Gets} gets, {Queries} queries, {Commits} commits";

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public async Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _gets);
        var row = await inner.GetAsync(partition, key, cancellationToken);
        Interlocked.Add(ref _bytesRead, Size(row?.Document));
        return row;
    }

    public async Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queries);
        var rows = await inner.QueryAsync(partition, range, limit, cancellationToken);
        Interlocked.Add(ref _bytesRead, rows.Sum(row => Size(row.Document)));
        return rows;
    }

    public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _bytesWritten, changes.Sum(change => Size(change.Document)));
        return inner.CommitAsync(partition, changes, cancellationToken);
    }

    private static long Size(string? document) => document is null ? 0 : Encoding.UTF8.GetByteCount(document);
}
