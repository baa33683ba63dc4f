using System.Diagnostics;
using Waybill.Engine.Ports;

namespace Waybill.CrashHost;

/// <summary>On which side of the commit the process dies.</summary>
internal enum KillMoment
{
    Before,
    After,
}

/// <summary>A store whose nth commit kills the process, as SIGKILL does: nothing is cleaned up.</summary>
internal sealed class DeadlyRowStore(IRowStore inner, KillMoment moment, int nth) : IRowStore
{
    private int _commits;

    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken) => inner.GetAsync(partition, key, cancellationToken);

    public Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken) =>
        inner.QueryAsync(partition, range, limit, cancellationToken);

    public async Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var isLast = Interlocked.Increment(ref _commits) == nth;
        if (isLast && moment is KillMoment.Before)
        {
            Die();
        }

        var result = await inner.CommitAsync(partition, changes, cancellationToken);
        if (isLast)
        {
            Die();
        }

        return result;
    }

    // The signal may take a moment; nothing may come of this call meanwhile.
    private static void Die()
    {
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
