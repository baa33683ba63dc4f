using Microsoft.Data.Sqlite;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>Opens connections to the file and says what its errors mean.</summary>
internal sealed class SqliteFile(SqliteOptions options)
{
    private readonly string _path = System.IO.Path.GetFullPath(options.Path);

    public string Path => _path;

    public SqliteConnection Open() => Open(SqliteOpenMode.ReadWrite);

    public SqliteConnection Create()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        var connection = Open(SqliteOpenMode.ReadWriteCreate);

        // Readers go on while the writer writes. The mode stays with the file.
        Execute(connection, "PRAGMA journal_mode = WAL");
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static bool IsUnavailable(Exception error) =>
        error is SqliteException or IOException or UnauthorizedAccessException;

    public StorageUnavailableException ToUnavailable(Exception error)
    {
        var (what, remedy) = error is SqliteException failure ? Diagnose(failure) : (error.Message, "Check the path in Storage:SqlitePath.");
        return new StorageUnavailableException($"SQLite file '{_path}' {what}. {remedy}", error);
    }

    // Pools of our own keep the prepared statements too, so the library's pool would only hold files open after us.
    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)options.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();

            // FULL syncs the log at every commit: what was answered as stored survives a power cut. With NORMAL, the usual
            // choice beside WAL, the last commits before one would be gone, and GitHub does not send a webhook again.
            Execute(connection, $"PRAGMA synchronous = FULL; PRAGMA busy_timeout = {(int)options.BusyTimeout.TotalMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private (string What, string Remedy) Diagnose(SqliteException error) => error.SqliteErrorCode switch
    {
        5 or 6 => ("is held by another process", "Stop the other process (a second Waybill, a backup, a database browser)."),
        8 => ("is read-only", "Let this process's user write the file and its folder."),
        10 => ($"can't be read or written ({error.Message})", "Check the disk."),
        11 => ("is corrupt", "Restore it from a backup, or move it away to start anew."),
        13 => ("can't grow: the disk is full", $"Make room on the disk of '{System.IO.Path.GetDirectoryName(_path)}'."),
        14 => ("can't be opened", "Check the path in Storage:SqlitePath and that this process's user may write the folder."),
        26 => ("is not an SQLite database", "Set Storage:SqlitePath to another path, or move the file away."),
        _ => ($"failed ({error.Message})", "If it persists, report it with this message."),
    };
}
