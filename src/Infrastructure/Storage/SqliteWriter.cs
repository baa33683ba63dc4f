using System.Threading.Channels;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>
/// Commits in turn, so that callers wait in a queue instead of for SQLite's lock. Those that came while the disk was busy
/// go into one transaction, each still all or nothing by itself.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 64;
    private const int LongestQueue = 1024;

    private readonly Channel<SqliteCommit> _queue = Channel.CreateBounded<SqliteCommit>(
        new BoundedChannelOptions(LongestQueue) { SingleReader = true });

    private readonly SqliteFile _file;
    private readonly Task _work;
    private SqliteWriteSession? _session;

    public SqliteWriter(SqliteFile file)
    {
        _file = file;
        _work = Task.Run(WorkAsync);
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        var commit = new SqliteCommit(partition, changes, cancellationToken);
        await _queue.Writer.WriteAsync(commit, cancellationToken);
        return await commit.Result.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _work;
        _session?.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var group = new List<SqliteCommit>();
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var commit))
            {
                Sort(commit, group);
            }

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
            _session ??= new SqliteWriteSession(_file.Open());
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
            var answer = SqliteFile.IsUnavailable(error) ? _file.ToUnavailable(error) : error;
            group.ForEach(commit => commit.Result.TrySetException(answer));
        }
    }
}

/// <summary>A commit that waits for its turn.</summary>
internal sealed record SqliteCommit(string Partition, IReadOnlyList<RowChange> Changes, CancellationToken CancellationToken)
{
    public TaskCompletionSource<CommitResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
