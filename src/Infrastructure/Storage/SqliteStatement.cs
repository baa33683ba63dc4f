using Microsoft.Data.Sqlite;

namespace Waybill.Infrastructure.Storage;

/// <summary>A statement that is prepared at its first run and kept; values are given in the order of the names.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        foreach (var name in names)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }
    }

    public int Run(params ReadOnlySpan<object> values) => With(values).ExecuteNonQuery();

    public SqliteDataReader Read(params ReadOnlySpan<object> values) => With(values).ExecuteReader();

    public long ReadNumber(params ReadOnlySpan<object> values) => (long)With(values).ExecuteScalar()!;

    public void Dispose() => _command.Dispose();

    private SqliteCommand With(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i];
        }

        return _command;
    }
}
