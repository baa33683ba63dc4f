using Azure;
using Azure.Data.Tables;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Storage;

/// <summary>How a row lies in an entity: the document in pieces D0, D1, ... and in C the commit that wrote it.</summary>
internal static class AzureTableDocuments
{
    private const string CommitProperty = "C";

    // Azure allows 64 KiB a property, in UTF-16.
    private const int PieceCharacters = 32_000;

    public static TableTransactionAction ToAction(string partition, RowChange change, string commit) => change.Kind switch
    {
        RowChangeKind.Insert => new(TableTransactionActionType.Add, ToEntity(partition, change, commit)),
        RowChangeKind.Replace => new(
            TableTransactionActionType.UpdateReplace, ToEntity(partition, change, commit), new ETag(change.Version!)),
        RowChangeKind.Put => new(TableTransactionActionType.UpsertReplace, ToEntity(partition, change, commit)),
        RowChangeKind.Delete => new(
            TableTransactionActionType.Delete, new TableEntity(partition, change.Key), new ETag(change.Version!)),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "Unknown kind of change."),
    };

    public static Row ToRow(TableEntity entity) =>
        new(entity.RowKey, entity.ETag.ToString(), string.Concat(Pieces(entity)));

    public static bool IsWrittenBy(string commit, TableEntity entity) =>
        entity.TryGetValue(CommitProperty, out var value) && commit.Equals(value as string, StringComparison.Ordinal);

    private static TableEntity ToEntity(string partition, RowChange change, string commit)
    {
        var entity = new TableEntity(partition, change.Key) { [CommitProperty] = commit };
        var document = change.Document!;
        var number = 0;
        for (var start = 0; start < document.Length; number++)
        {
            var length = PieceLength(document, start);
            entity[PieceName(number)] = document.Substring(start, length);
            start += length;
        }

        return entity;
    }

    // A surrogate pair stays in one piece: half of one can't be sent as UTF-8 and would come back as U+FFFD.
    private static int PieceLength(string document, int start)
    {
        var end = start + PieceCharacters;
        return end >= document.Length ? document.Length - start
            : char.IsHighSurrogate(document[end - 1]) ? PieceCharacters - 1
            : PieceCharacters;
    }

    private static IEnumerable<string> Pieces(TableEntity entity)
    {
        for (var number = 0; entity.TryGetValue(PieceName(number), out var value) && value is string piece; number++)
        {
            yield return piece;
        }
    }

    private static string PieceName(int number) => $"D{number}";
}
