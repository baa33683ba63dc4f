using System.Buffers.Text;
using System.Text;
using Waybill.Engine.Records;

namespace Waybill.Engine.Queries;

/// <summary>
/// Several newest-first lists read as one. A page costs one range read a list. Its continuation token holds, for each list, the
/// position of the last item that was shown from it, so that nothing is shown twice or left out, whatever is added on top meanwhile.
/// </summary>
/// <param name="sources">The lists.</param>
/// <param name="position">The position of an item within its list, as its key spells it.</param>
/// <param name="newer">Sorts what is newer first.</param>
public sealed class MergedList<T>(IReadOnlyList<ListSource<T>> sources, Func<T, string> position, IComparer<T> newer)
{
    /// <summary>The page after a token, or null when the token is not one of ours.</summary>
    public async Task<Page<T>?> ReadAsync(int limit, string? token, CancellationToken cancellationToken)
    {
        if (ContinuationToken.Read(token) is not { } positions)
        {
            return null;
        }

        var pages = await Task.WhenAll(sources
            .Where(s => positions.GetValueOrDefault(s.Name) != ContinuationToken.Exhausted)
            .Select(async s => (s.Name, Page: await s.ReadAsync(limit, positions.GetValueOrDefault(s.Name), cancellationToken))));
        var shown = pages.SelectMany(p => p.Page.Items.Select(item => (p.Name, Item: item)))
            .OrderBy(i => i.Item, newer).Take(limit).ToList();

        var next = new Dictionary<string, string>(positions);
        foreach (var (name, page) in pages)
        {
            var taken = shown.Where(s => s.Name == name).Select(s => s.Item).ToList();
            if (taken.Count == page.Items.Count && page.Continue is null)
            {
                next[name] = ContinuationToken.Exhausted;
            }
            else if (taken.Count > 0)
            {
                next[name] = position(taken[^1]);
            }
        }

        var isLast = sources.All(s => next.GetValueOrDefault(s.Name) == ContinuationToken.Exhausted);
        return new Page<T>([.. shown.Select(s => s.Item)], isLast ? null : ContinuationToken.Write(next));
    }
}

/// <summary>One of the lists that are merged.</summary>
/// <param name="Name">Names it within a continuation token.</param>
/// <param name="ReadAsync">Reads a page: how many, after which position.</param>
public sealed record ListSource<T>(string Name, Func<int, string?, CancellationToken, Task<Page<T>>> ReadAsync);

/// <summary>Positions in several lists as one opaque text.</summary>
internal static class ContinuationToken
{
    /// <summary>Stands for a list that has no more.</summary>
    public const string Exhausted = "-";

    private const int MaxLength = 16 * 1024;

    public static string Write(IReadOnlyDictionary<string, string> positions) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Join('\n', positions.Select(p => $"{p.Key}\t{p.Value}"))));

    /// <summary>The positions by list, none for no token; null when the text is not a token.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return new Dictionary<string, string>();
        }

        if (token.Length > MaxLength || !Base64Url.IsValid(token))
        {
            return null;
        }

        Dictionary<string, string> positions = [];
        foreach (var line in Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)).Split('\n'))
        {
            if (line.Split('\t') is not [{ Length: > 0 } name, var position] || !Looks.LikeKeyPart(position) || !positions.TryAdd(name, position))
            {
                return null;
            }
        }

        return positions;
    }
}
