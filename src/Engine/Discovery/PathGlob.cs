using System.Text;
using DotNet.Globbing;

namespace Waybill.Engine.Discovery;

/// <summary>
/// A path pattern in the dialect of Go's doublestar: <c>*</c> and <c>?</c> within a segment, <c>**</c> across segments,
/// <c>[a-z]</c>, <c>[!a]</c> or <c>[^a]</c>, <c>{a,b}</c> (nested too), and <c>\</c> before a literal. Matches the whole path, case counts.
/// </summary>
internal sealed class PathGlob
{
    // Alternatives multiply: {a,b}{a,b}... doubles with every group.
    private const int MaxAlternatives = 256;

    private readonly IReadOnlyList<Glob> _alternatives;

    private PathGlob(IReadOnlyList<Glob> alternatives) => _alternatives = alternatives;

    /// <exception cref="FormatException">The pattern can't be read; the message says why.</exception>
    public static PathGlob Parse(string pattern)
    {
        try
        {
            return new PathGlob([.. ExpandBraces(pattern).Select(p => Glob.Parse(ToDotNetDialect(p)))]);
        }
        catch (Exception e) when (e is not FormatException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    public bool IsMatch(string path) => _alternatives.Any(g => g.IsMatch(path));

    private static List<string> ExpandBraces(string pattern)
    {
        var (open, close, commas) = FindGroup(pattern);
        if (open < 0)
        {
            return [pattern];
        }

        int[] cuts = [open, .. commas, close];
        var expanded = new List<string>();
        for (var i = 0; i + 1 < cuts.Length; i++)
        {
            expanded.AddRange(ExpandBraces(pattern[..open] + pattern[(cuts[i] + 1)..cuts[i + 1]] + pattern[(close + 1)..]));
            if (expanded.Count > MaxAlternatives)
            {
                throw new FormatException($"its {{a,b}} groups multiply to more than {MaxAlternatives} alternatives; split the pattern.");
            }
        }

        return expanded;
    }

    /// <summary>The first outermost brace group: where it opens and closes, and its own commas.</summary>
    private static (int Open, int Close, List<int> Commas) FindGroup(string pattern)
    {
        var (open, depth, inClass) = (-1, 0, false);
        var commas = new List<int>();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[' when !inClass:
                    inClass = true;
                    break;
                case ']' when inClass:
                    inClass = false;
                    break;
                case '{' when !inClass:
                    open = depth++ == 0 ? i : open;
                    break;
                case ',' when !inClass && depth == 1:
                    commas.Add(i);
                    break;
                case '}' when !inClass && depth > 0 && --depth == 0:
                    return (open, i, commas);
            }
        }

        return depth == 0 && !inClass ? (-1, -1, commas) : throw new FormatException(inClass ? "a '[' is not closed." : "a '{' is not closed.");
    }

    private static string ToDotNetDialect(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            var isEscape = pattern[i] is '\\' && i + 1 < pattern.Length;
            var isNegation = pattern[i] is '^' && i > 0 && pattern[i - 1] is '[';
            if (isEscape)
            {
                var literal = pattern[++i];
                text.Append(literal is '*' or '?' or '[' or ']' ? $"[{literal}]" : literal.ToString());
            }
            else
            {
                text.Append(isNegation ? '!' : pattern[i]);
            }
        }

        return text.ToString();
    }
}
