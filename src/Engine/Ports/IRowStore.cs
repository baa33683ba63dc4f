namespace Waybill.Engine.Ports;

/// <summary>
/// Rows in partitions: the one shape all of Waybill's storage has. A partition's rows can change together or not at all;
/// a row is a JSON document under a key; keys sort byte by byte. Implementations: Azure Table Storage and SQLite.
/// Throws <see cref="StorageUnavailableException"/> when the store can't be reached or answers with an error of its own.
/// </summary>
public interface IRowStore
{
    /// <summary>Makes sure the store is there: creates the table or file if need be. Called once, at start.</summary>
    Task InitializeAsync(CancellationToken cancellationToken);

    /// <summary>One row, or null. One round trip.</summary>
    Task<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>Rows of a key range in ascending key order, at most <paramref name="limit"/>. One round trip.</summary>
    Task<IReadOnlyList<Row>> QueryAsync(string partition, KeyRange range, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// All of the changes or, when one of them does not fit what is stored, none. One round trip. At most
    /// <see cref="RowLimits.ChangesPerCommit"/> changes, each to another key; a document of at most
    /// <see cref="RowLimits.DocumentCharacters"/>, all of them together at most <see cref="RowLimits.CommitCharacters"/>.
    /// After a <see cref="StorageUnavailableException"/> the changes may have been made or not: only a read can tell.
    /// </summary>
    Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken cancellationToken);
}

/// <summary>A stored document.</summary>
/// <param name="Key">Its key within the partition.</param>
/// <param name="Version">An opaque tag that changes with every write.</param>
/// <param name="Document">JSON.</param>
public sealed record Row(string Key, string Version, string Document);

/// <summary>Keys from <paramref name="From"/> inclusive to <paramref name="To"/> exclusive, compared ordinally.</summary>
public sealed record KeyRange(string From, string To)
{
    /// <summary>All keys that start with a prefix. Keys are ASCII, so the highest ASCII character bounds them.</summary>
    public static KeyRange Prefix(string prefix) => new(prefix, prefix + '\u007f');

    /// <summary>What is left of this range after a key: for the next page.</summary>
    public KeyRange After(string key) => this with { From = key + '\u0001' };
}

/// <summary>One change of a commit.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Key">Printable ASCII without <c>/ \ # ? %</c>, 1 to 512 characters; a partition is named by the same rule.</param>
/// <param name="Document">The new JSON; null for a deletion.</param>
/// <param name="Version">The version that must still be there, for <see cref="RowChangeKind.Replace"/> and <see cref="RowChangeKind.Delete"/>.</param>
public sealed record RowChange(RowChangeKind Kind, string Key, string? Document, string? Version)
{
    public static RowChange Insert(string key, string document) => new(RowChangeKind.Insert, key, document, null);

    public static RowChange Replace(string key, string document, string version) => new(RowChangeKind.Replace, key, document, version);

    public static RowChange Put(string key, string document) => new(RowChangeKind.Put, key, document, null);

    public static RowChange Delete(string key, string version) => new(RowChangeKind.Delete, key, null, version);
}

/// <summary>The kinds of change.</summary>
public enum RowChangeKind
{
    /// <summary>The key must be free.</summary>
    Insert,

    /// <summary>The key must hold the given version.</summary>
    Replace,

    /// <summary>Whatever the key holds.</summary>
    Put,

    /// <summary>The key must hold the given version.</summary>
    Delete,
}

/// <summary>How a commit came out.</summary>
/// <param name="Conflict">The first change found that did not fit; null when all was written.</param>
/// <param name="Versions">The new version of each written key, when all was written.</param>
public sealed record CommitResult(CommitConflict? Conflict, IReadOnlyDictionary<string, string> Versions)
{
    public bool IsCommitted => Conflict is null;

    public static CommitResult Committed(IReadOnlyDictionary<string, string> versions) => new(null, versions);

    public static CommitResult Rejected(string key, ConflictKind kind) =>
        new(new CommitConflict(key, kind), new Dictionary<string, string>());
}

/// <summary>The change that did not fit.</summary>
public sealed record CommitConflict(string Key, ConflictKind Kind);

/// <summary>Why a change did not fit.</summary>
public enum ConflictKind
{
    /// <summary>An insert found the key taken.</summary>
    Exists,

    /// <summary>A replacement or deletion found another version, or none.</summary>
    Changed,
}

/// <summary>Limits that both stores keep, Azure Table Storage being the stricter.</summary>
public static class RowLimits
{
    public const int ChangesPerCommit = 100;

    /// <summary>Azure allows 1 MiB an entity in UTF-16: this leaves room for keys and timestamps.</summary>
    public const int DocumentCharacters = 480_000;

    /// <summary>Azure allows 4 MiB a transaction as sent, where a character may take 6 bytes: this leaves room for keys and headers.</summary>
    public const int CommitCharacters = 500_000;
}

/// <summary>The store can't be reached, or answered with an error of its own; trying again later may help.</summary>
public sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
