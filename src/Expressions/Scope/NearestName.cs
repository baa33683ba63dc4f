namespace Waybill.Expressions;

/// <summary>Finds the name that a mistyped one was probably meant to be.</summary>
internal static class NearestName
{
    private const int LongestConsidered = 64;

    /// <summary>A question such as <c>; did you mean outputs?</c>, or nothing when no name is near.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates)
    {
        var nearest = Find(name, candidates);

        return nearest is null ? "" : $"; did you mean {nearest}?";
    }

    private static string? Find(string name, IEnumerable<string> candidates)
    {
        var tolerated = Math.Max(1, name.Length / 3);
        var best = candidates
            .Where(candidate => candidate.Length <= LongestConsidered && name.Length <= LongestConsidered)
            .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
            .Where(match => match.Distance <= tolerated)
            .OrderBy(match => match.Distance)
            .ThenBy(match => match.Name, StringComparer.Ordinal)
            .FirstOrDefault();

        return best.Name;
    }

    private static int Distance(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(substitution, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
