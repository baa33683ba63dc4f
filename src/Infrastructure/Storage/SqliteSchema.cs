using Microsoft.Data.Sqlite;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>The tables, and the number by which a later Waybill knows what to migrate.</summary>
internal static class SqliteSchema
{
    public const int Version = 1;

    private const string Tables = $"""
        CREATE TABLE waybill (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          schema INTEGER NOT NULL,
          last_version INTEGER NOT NULL
        ) STRICT;
        INSERT INTO waybill VALUES (1, 1, 0);
        CREATE TABLE rows (
          partition TEXT NOT NULL,
          key TEXT NOT NULL,
          version INTEGER NOT NULL,
          document TEXT NOT NULL,
          PRIMARY KEY (partition, key)
        ) STRICT, WITHOUT ROWID;
        """;

    /// <summary>Creates the tables in an empty file; refuses a file of another program or of a later Waybill.</summary>
    public static void Ensure(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Count(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'waybill'") == 1)
        {
            CheckVersion(connection);
            return;
        }

        if (Count(connection, "SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new StorageUnavailableException(
                $"SQLite file '{connection.DataSource}' belongs to another program. Set Storage:SqlitePath to a path of its own.");
        }

        SqliteFile.Execute(connection, Tables);
        transaction.Commit();
    }

    private static void CheckVersion(SqliteConnection connection)
    {
        var found = Count(connection, "SELECT schema FROM waybill");
        if (found > Version)
        {
            throw new StorageUnavailableException(
                $"SQLite file '{connection.DataSource}' has schema {found}, this Waybill knows {Version}. Run the newer Waybill that wrote it.");
        }
    }

    private static long Count(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
