using System.Collections.Concurrent;
using Waybill.Engine.Ports;

namespace Waybill.TestStores;

/// <summary>Lets chosen commits of another store go wrong, or everything while <see cref="IsDown"/>.</summary>
public sealed class FaultyRowStore(IRowStore inner) : IRowStore
{
    private readonly ConcurrentDictionary<int, StoreFault> _faults = [];
    private volatile bool _isDown;
    private int _commits;

    /// <summary>Commits asked for so far, the failed ones among them.</summary>
    public int Commits => Volatile.Read(ref _commits);

    /// <summary>While true, every call throws <see cref="StorageUnavailableException"/>.</summary>
    public bool IsDown { get => _isDown; set => _isDown = value; }

    /// <summary>Sets what happens to the nth commit from now, the next being 1.</summary>
    public void OnCommit(int nth, StoreFault fault) => _faults[Commits + nth] = fault;

    public Task InitializeAsync(CancellationToken cancellationToken) =>
        IsDown ? throw Unavailable() : inner.InitializeAsync(cancellationToken);

    public async Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) =>
        IsDown ? throw Unavailable() : await inner.GetAsync(partition, key, cancellationToken);

    public async Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken) =>
        IsDown ? throw Unavailable() : await inner.QueryAsync(partition, range, limit, cancellationToken);

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var fault = _faults.TryRemove(Interlocked.Increment(ref _commits), out var chosen) ? chosen : (StoreFault?)null;
        if (IsDown || fault is StoreFault.FailBefore)
        {
            throw Unavailable();
        }

        if (fault is StoreFault.Conflict && changes.FirstOrDefault(change => change.Version is not null) is { } guarded)
        {
            return CommitResult.Rejected(guarded.Key, ConflictKind.Changed);
        }

        if (fault is StoreFault.HangBefore)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        var result = await inner.CommitAsync(partition, changes, cancellationToken);
        if (fault is StoreFault.HangAfter)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return fault is StoreFault.FailAfter ? throw Unavailable() : result;
    }

    private static StorageUnavailableException Unavailable() => new("The store is unavailable because this test says so.");
}

/// <summary>What happens to a commit.</summary>
public enum StoreFault
{
    /// <summary>Nothing is stored, and the caller hears that the store is unavailable.</summary>
    FailBefore,

    /// <summary>The commit is carried out, but the caller hears that the store is unavailable.</summary>
    FailAfter,

    /// <summary>Nothing is stored: the first change that names a version finds another. Without such a change no fault.</summary>
    Conflict,

    /// <summary>Nothing is stored, and the caller hears nothing until it cancels.</summary>
    HangBefore,

    /// <summary>The commit is carried out, but the caller hears nothing until it cancels.</summary>
    HangAfter,
}
