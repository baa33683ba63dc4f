using System.Collections.Concurrent;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>Keeps every document that was ever written, those replaced since too.</summary>
internal sealed class WrittenRows(IRowStore inner) : IRowStore
{
    public ConcurrentQueue<string> Documents { get; } = [];

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) => inner.GetAsync(partition, key, cancellationToken);

    public Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken) =>
        inner.QueryAsync(partition, range, limit, cancellationToken);

    public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            Documents.Enqueue($"{partition} {change.Key} {change.Document}");
        }

        return inner.CommitAsync(partition, changes, cancellationToken);
    }
}
