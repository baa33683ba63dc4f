using System.Buffers;
using System.Text;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>What both stores refuse before asking their storage, so that what works on one works on the other.</summary>
internal static class RowRules
{
    private const int LongestKey = 512;
    private const string Forbidden = @"/ \ # ? %";

    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Where(character => character is ' ' || !Forbidden.Contains(character))]);

    // Throws on a surrogate without its other half: Azure and SQLite would both store a replacement character instead.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void CheckPartition(string partition) => CheckKey(partition, "Partition", nameof(partition));

    public static void CheckKey(string key) => CheckKey(key, "Key", nameof(key));

    public static void CheckQuery(KeyRange range, int limit)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        CheckBound(range.From, '\u0001', nameof(range.From));
        CheckBound(range.To, '\u007f', nameof(range.To));
    }

    public static void CheckChanges(IReadOnlyList<RowChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count is 0 or > RowLimits.ChangesPerCommit)
        {
            throw new ArgumentException(
                $"A commit has 1 to {RowLimits.ChangesPerCommit} changes, this one {changes.Count}; split it.", nameof(changes));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            CheckChange(change, keys);
        }

        CheckTotal(changes);
    }

    private static void CheckChange(RowChange change, HashSet<string> keys)
    {
        CheckKey(change.Key, "Key", nameof(change));
        if (!keys.Add(change.Key))
        {
            throw new ArgumentException($"Key '{change.Key}' is changed twice in one commit; merge the two changes.", nameof(change));
        }

        if (change.Kind is RowChangeKind.Replace or RowChangeKind.Delete && string.IsNullOrEmpty(change.Version))
        {
            throw new ArgumentException($"{change.Kind} of '{change.Key}' names no version; read the row first.", nameof(change));
        }

        if (change.Kind is not RowChangeKind.Delete)
        {
            CheckDocument(change.Key, change.Document);
        }
    }

    private static void CheckDocument(string key, string? document)
    {
        if (string.IsNullOrEmpty(document))
        {
            throw new ArgumentException($"The document for '{key}' is missing.", nameof(document));
        }

        if (document.Length > RowLimits.DocumentCharacters)
        {
            throw new ArgumentException(
                $"The document for '{key}' has {document.Length} characters, a row holds {RowLimits.DocumentCharacters}; shorten it.",
                nameof(document));
        }

        try
        {
            Strict.GetByteCount(document);
        }
        catch (EncoderFallbackException malformed)
        {
            throw new ArgumentException(
                $"The document for '{key}' has half a surrogate pair at character {malformed.Index}; escape it in JSON.",
                nameof(document), malformed);
        }
    }

    private static void CheckTotal(IReadOnlyList<RowChange> changes)
    {
        var total = changes.Sum(change => change.Document?.Length ?? 0);
        if (total > RowLimits.CommitCharacters)
        {
            throw new ArgumentException(
                $"The documents of a commit have {total} characters together, it holds {RowLimits.CommitCharacters}; split it.",
                nameof(changes));
        }
    }

    private static void CheckKey(string key, string what, string argument)
    {
        ArgumentNullException.ThrowIfNull(key, argument);
        if (key.Length is 0 or > LongestKey)
        {
            throw new ArgumentException($"{what} '{key}' has {key.Length} characters; it takes 1 to {LongestKey}.", argument);
        }

        var wrong = key.AsSpan().IndexOfAnyExcept(KeyCharacters);
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"{what} '{key}' has the character U+{(int)key[wrong]:X4}; it takes printable ASCII without {Forbidden}.", argument);
        }
    }

    /// <summary>A bound is made of characters that keys may have, and at its end the mark that <see cref="KeyRange"/> puts there.</summary>
    private static void CheckBound(string bound, char mark, string name)
    {
        ArgumentNullException.ThrowIfNull(bound, name);
        var text = bound.EndsWith(mark) ? bound.AsSpan()[..^1] : bound;
        if (text.ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException($"Range bound {name} '{bound}' has characters outside printable ASCII, which no key has.", name);
        }
    }
}
