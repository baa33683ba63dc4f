namespace Waybill.Engine.WorkTrees;

/// <summary>Which lines differ between two versions of a text, to tell whether two people changed the same ones.</summary>
internal static class LineChanges
{
    /// <summary>Beyond so many differing lines the texts have so little in common that all between counts as changed.</summary>
    private const int MaxDifferences = 2000;

    /// <summary>Whether both versions change a line of the original that the other changes too, each in its own way.</summary>
    public static bool Collide(string original, string ours, string theirs)
    {
        var lines = original.Split('\n');
        var (mine, others) = (Between(lines, ours.Split('\n')), Between(lines, theirs.Split('\n')));
        return mine.Exists(m => others.Exists(o => Overlap(m, o)));
    }

    // Two insertions at one place can both stand; one within lines that the other changed can't.
    private static bool Overlap((int Start, int End) left, (int Start, int End) right) => left.Start < right.End && right.Start < left.End;

    /// <summary>The changed ranges of the original's lines, end exclusive; an insertion is an empty range.</summary>
    private static List<(int Start, int End)> Between(string[] before, string[] after)
    {
        var start = 0;
        while (start < before.Length && start < after.Length && before[start] == after[start])
        {
            start++;
        }

        var (endBefore, endAfter) = (before.Length, after.Length);
        while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1])
        {
            (endBefore, endAfter) = (endBefore - 1, endAfter - 1);
        }

        return Ranges(before.AsSpan(start, endBefore - start), after.AsSpan(start, endAfter - start), start);
    }

    /// <summary>Myers' greedy search for the shortest way from one text to the other.</summary>
    private static List<(int Start, int End)> Ranges(ReadOnlySpan<string> before, ReadOnlySpan<string> after, int offset)
    {
        var limit = Math.Min(before.Length + after.Length, MaxDifferences);
        var furthest = new int[(2 * limit) + 3];
        var trace = new List<int[]>();
        for (var d = 0; d <= limit; d++)
        {
            trace.Add(furthest[(limit - d + 1)..(limit + d + 2)]);
            for (var k = -d; k <= d; k += 2)
            {
                var at = limit + 1 + k;
                var x = k == -d || (k != d && furthest[at - 1] < furthest[at + 1]) ? furthest[at + 1] : furthest[at - 1] + 1;
                while (x < before.Length && x - k < after.Length && before[x] == after[x - k])
                {
                    x++;
                }

                furthest[at] = x;
                if (x >= before.Length && x - k >= after.Length)
                {
                    return Walk(trace, before.Length, after.Length, offset);
                }
            }
        }

        return [(offset, offset + before.Length)];
    }

    private static List<(int Start, int End)> Walk(List<int[]> trace, int x, int y, int offset)
    {
        var ranges = new List<(int Start, int End)>();
        for (var d = trace.Count - 1; d > 0; d--)
        {
            var (k, row) = (x - y, trace[d]);
            var goesDown = k == -d || (k != d && row[k - 1 + d] < row[k + 1 + d]);
            var previous = row[(goesDown ? k + 1 : k - 1) + d];
            var changed = goesDown ? (previous, previous) : (previous, previous + 1);
            Join(ranges, (changed.Item1 + offset, changed.Item2 + offset));
            (x, y) = (previous, previous - (goesDown ? k + 1 : k - 1));
        }

        return ranges;
    }

    // They come from the end to the beginning.
    private static void Join(List<(int Start, int End)> ranges, (int Start, int End) next)
    {
        if (ranges.Count > 0 && ranges[^1].Start <= next.End)
        {
            ranges[^1] = (next.Start, ranges[^1].End);
        }
        else
        {
            ranges.Add(next);
        }
    }
}
