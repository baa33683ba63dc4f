using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>Connections that read, each with its statements prepared; as many as ever read at once.</summary>
internal sealed class SqliteReaders(SqliteFile file) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    public T Read<T>(Func<SqliteReader, T> read)
    {
        SqliteReader? reader = null;
        try
        {
            reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(file.Open());
            var result = read(reader);
            _idle.Add(reader);
            return result;
        }
        catch (Exception error) when (SqliteFile.IsUnavailable(error))
        {
            reader?.Dispose();
            throw file.ToUnavailable(error);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}

/// <summary>One connection that reads.</summary>
internal sealed class SqliteReader(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _get = new(connection,
        "SELECT key, version, document FROM rows WHERE partition = $partition AND key = $key",
        "$partition", "$key");

    private readonly SqliteStatement _query = new(connection,
        "SELECT key, version, document FROM rows WHERE partition = $partition AND key >= $from AND key < $to ORDER BY key LIMIT $limit",
        "$partition", "$from", "$to", "$limit");

    public Row? Get(string partition, string key) => Rows(_get, partition, key).FirstOrDefault();

    public IReadOnlyList<Row> Query(string partition, KeyRange range, int limit) =>
        Rows(_query, partition, range.From, range.To, limit);

    public void Dispose()
    {
        _get.Dispose();
        _query.Dispose();
        connection.Dispose();
    }

    private static List<Row> Rows(SqliteStatement statement, params ReadOnlySpan<object> values)
    {
        using var reader = statement.Read(values);
        var rows = new List<Row>();
        while (reader.Read())
        {
            rows.Add(new Row(reader.GetString(0), reader.GetInt64(1).ToString(CultureInfo.InvariantCulture), reader.GetString(2)));
        }

        return rows;
    }
}
