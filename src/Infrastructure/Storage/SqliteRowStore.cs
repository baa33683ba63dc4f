using System.Threading.Channels;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>Rows in one SQLite file: one writer at a time, readers beside it, a counter as the version.</summary>
public sealed class SqliteRowStore : IRowStore, IAsyncDisposable, IDisposable
{
    private readonly SqliteFile _file;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;

    public SqliteRowStore(SqliteOptions options)
    {
        _file = new SqliteFile(options);
        _readers = new SqliteReaders(_file);
        _writer = new SqliteWriter(_file);
    }

    public Task InitializeAsync(CancellationToken cancellationToken) => Task.Run(Initialize, cancellationToken);

    public Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        RowRules.CheckPartition(partition);
        RowRules.CheckKey(key);

        return Read(reader => reader.Get(partition, key), cancellationToken);
    }

    public Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken)
    {
        RowRules.CheckPartition(partition);
        RowRules.CheckQuery(range, limit);

        return Read(reader => reader.Query(partition, range, limit), cancellationToken);
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        RowRules.CheckPartition(partition);
        RowRules.CheckChanges(changes);
        try
        {
            return await _writer.CommitAsync(partition, changes, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteRowStore));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Initialize()
    {
        try
        {
            using var connection = _file.Create();
            SqliteSchema.Ensure(connection);
        }
        catch (Exception error) when (SqliteFile.IsUnavailable(error))
        {
            throw _file.ToUnavailable(error);
        }
    }

    // Reading is microseconds of memory or page cache: a thread switch would cost more. Errors travel in the task.
    private Task<T> Read<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return cancellationToken.IsCancellationRequested
                ? Task.FromCanceled<T>(cancellationToken)
                : Task.FromResult(_readers.Read(read));
        }
        catch (StorageUnavailableException error)
        {
            return Task.FromException<T>(error);
        }
    }
}
