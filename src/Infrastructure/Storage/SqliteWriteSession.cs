using System.Globalization;
using Microsoft.Data.Sqlite;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>The one connection that writes, with its statements prepared.</summary>
internal sealed class SqliteWriteSession(SqliteConnection connection) : IDisposable
{
    // The library's transaction objects would have to be set on every prepared command; these are its statements.
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _lastVersion = new(connection, "SELECT last_version FROM waybill");
    private readonly SqliteStatement _setLastVersion = new(connection, "UPDATE waybill SET last_version = $version", "$version");
    private readonly SqliteStatement _savepoint = new(connection, "SAVEPOINT one_commit");
    private readonly SqliteStatement _release = new(connection, "RELEASE one_commit");
    private readonly SqliteStatement _rollback = new(connection, "ROLLBACK TO one_commit");

    private readonly SqliteStatement _insert = new(connection,
        "INSERT INTO rows VALUES ($partition, $key, $version, $document) ON CONFLICT DO NOTHING",
        "$partition", "$key", "$version", "$document");

    private readonly SqliteStatement _replace = new(connection,
        "UPDATE rows SET version = $new, document = $document WHERE partition = $partition AND key = $key AND version = $version",
        "$partition", "$key", "$version", "$new", "$document");

    private readonly SqliteStatement _put = new(connection,
        "INSERT OR REPLACE INTO rows VALUES ($partition, $key, $version, $document)",
        "$partition", "$key", "$version", "$document");

    private readonly SqliteStatement _delete = new(connection,
        "DELETE FROM rows WHERE partition = $partition AND key = $key AND version = $version",
        "$partition", "$key", "$version");

    private long _version;

    /// <summary>
    /// Makes each of the commits, or refuses it, and stores them together: one sync of the disk for all. After an exception
    /// nothing is stored, and the session must be disposed.
    /// </summary>
    public IReadOnlyList<CommitResult> Write(IReadOnlyList<SqliteCommit> commits)
    {
        _begin.Run();

        // The counter lies in the file because a version must not come twice, whoever wrote and whatever was deleted.
        var before = _version = _lastVersion.ReadNumber();
        var results = commits.Select(Apply).ToArray();
        if (_version > before)
        {
            _setLastVersion.Run(_version);
        }

        _commit.Run();
        return results;
    }

    public void Dispose()
    {
        SqliteStatement[] statements =
            [_begin, _commit, _lastVersion, _setLastVersion, _savepoint, _release, _rollback, _insert, _replace, _put, _delete];
        foreach (var statement in statements)
        {
            statement.Dispose();
        }

        connection.Dispose();
    }

    private CommitResult Apply(SqliteCommit commit)
    {
        _savepoint.Run();
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in commit.Changes)
        {
            if (!Apply(commit.Partition, change, versions))
            {
                _rollback.Run();
                _release.Run();
                return CommitResult.Rejected(change.Key,
                    change.Kind is RowChangeKind.Insert ? ConflictKind.Exists : ConflictKind.Changed);
            }
        }

        _release.Run();
        return CommitResult.Committed(versions);
    }

    private bool Apply(string partition, RowChange change, Dictionary<string, string> versions)
    {
        if (change.Kind is RowChangeKind.Delete)
        {
            return IsOurs(change.Version, out var present) && _delete.Run(partition, change.Key, present) == 1;
        }

        var version = ++_version;
        versions[change.Key] = version.ToString(CultureInfo.InvariantCulture);
        return change.Kind switch
        {
            RowChangeKind.Insert => _insert.Run(partition, change.Key, version, change.Document!) == 1,
            RowChangeKind.Replace => IsOurs(change.Version, out var present)
                && _replace.Run(partition, change.Key, present, version, change.Document!) == 1,
            RowChangeKind.Put => _put.Run(partition, change.Key, version, change.Document!) == 1,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "Unknown kind of change."),
        };
    }

    private static bool IsOurs(string? version, out long number) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
