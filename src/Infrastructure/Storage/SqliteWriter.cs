using System.Threading.Channels;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>
/// Commits in turn, so that callers wait in a queue instead of for SQLite's lock. Whoever finds nobody writing writes for all that wait:
/// those that came while the disk was busy go into one transaction, each still all or nothing by itself.
/// </summary>
internal sealed class SqliteWriter(SqliteFile file) : IAsyncDisposable
{
    private const int LargestGroup = 64;
    private const int LongestQueue = 1024;

    private readonly Channel<SqliteCommit> _queue = Channel.CreateBounded<SqliteCommit>(new BoundedChannelOptions(LongestQueue));

    private readonly SemaphoreSlim _turn = new(1);
    private SqliteWriteSession? _session;

    // A commit alone is written on its caller's thread: waking another one would take longer than the write itself.
    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var commit = new SqliteCommit(partition, changes, cancellationToken);
        await _queue.Writer.WriteAsync(commit, cancellationToken);
        while (TryWriteGroup())
        {
            if (commit.Result.Task.IsCompleted && IsWaitedFor)
            {
                // Nobody writes for others for longer than for themselves.
                _ = Task.Run(WriteAll, CancellationToken.None);
                break;
            }
        }

        return await commit.Result.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _turn.WaitAsync();
        while (IsWaitedFor)
        {
            WriteGroup();
        }

        _session?.Dispose();
        _session = null;
        _turn.Release();
    }

    private bool IsWaitedFor => _queue.Reader.Count > 0;

    private void WriteAll()
    {
        while (TryWriteGroup())
        {
        }
    }

    // Whoever comes while the turn is taken counts on its holder to look again after giving it back.
    private bool TryWriteGroup()
    {
        if (!IsWaitedFor || !_turn.Wait(0))
        {
            return false;
        }

        try
        {
            WriteGroup();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void WriteGroup()
    {
        var group = new List<SqliteCommit>();
        while (group.Count < LargestGroup && _queue.Reader.TryRead(out var commit))
        {
            Sort(commit, group);
        }

        if (group.Count > 0)
        {
            Write(group);
        }
    }

    private static void Sort(SqliteCommit commit, List<SqliteCommit> group)
    {
        if (commit.CancellationToken.IsCancellationRequested)
        {
            commit.Result.TrySetCanceled(commit.CancellationToken);
        }
        else
        {
            group.Add(commit);
        }
    }

    private void Write(List<SqliteCommit> group)
    {
        try
        {
            _session ??= new SqliteWriteSession(file.Open());
            foreach (var (commit, result) in group.Zip(_session.Write(group)))
            {
                commit.Result.TrySetResult(result);
            }
        }
        catch (Exception error)
        {
            // Whatever it was, the waiting callers hear of it, and the next group starts with a fresh connection.
            _session?.Dispose();
            _session = null;
            var answer = SqliteFile.IsUnavailable(error) ? file.ToUnavailable(error) : error;
            group.ForEach(commit => commit.Result.TrySetException(answer));
        }
    }
}

/// <summary>A commit that waits for its turn.</summary>
internal sealed record SqliteCommit(string Partition, IReadOnlyList<RowChange> Changes, CancellationToken CancellationToken)
{
    public TaskCompletionSource<CommitResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
