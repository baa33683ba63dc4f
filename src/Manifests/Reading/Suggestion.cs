namespace Waybill.Manifests.Reading;

/// <summary>Finds what somebody probably meant.</summary>
internal static class Suggestion
{
    private const int LongestName = 64;

    /// <summary><c>, did you mean X?</c>, or nothing when no candidate is close.</summary>
    public static string For(string text, IEnumerable<string> candidates)
    {
        var best = candidates
            .Where(c => c.Length > 0 && c.Length <= LongestName && text.Length <= LongestName)
            .Select(c => (Name: c, Distance: Distance(text.ToLowerInvariant(), c.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(1, Math.Min(text.Length, c.Name.Length) / 3))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .FirstOrDefault();

        return best.Name is null ? "" : $", did you mean {best.Name}?";
    }

    /// <summary>Edits from one text to the other, a swap of neighbours counting as one.</summary>
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Step(rows, from, to, i, j);
            }
        }

        return rows[from.Length, to.Length];
    }

    private static int Step(int[,] rows, string from, string to, int i, int j)
    {
        var cost = from[i - 1] == to[j - 1] ? 0 : 1;
        var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
        var swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
        return swapped ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
    }
}
