using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waybill.Manifests.Patterns;

/// <summary>
/// Kargo's globs (doublestar's) in the words of DotNet.Glob: braces become alternatives. What that library would read
/// differently, or match in more than linear time many times over, is refused instead of matched wrongly.
/// </summary>
internal static class GlobSyntax
{
    private const string Empty = "the glob is empty";
    private const int MaxLength = 256;
    private const int MaxAlternatives = 64;

    // Its matcher tries every way to split the text among the wildcards: six of them take minutes on a 250-character name.
    private const int MaxWildcards = 4;

    /// <summary>The globs of which one must match, or what is wrong with the pattern.</summary>
    public static bool TryTranslate(
        string pattern, [NotNullWhen(true)] out IReadOnlyList<string>? globs, [NotNullWhen(false)] out string? problem)
    {
        globs = null;
        problem = Refusal(pattern);
        if (problem is not null)
        {
            return false;
        }

        var alternatives = Expand(pattern);
        if (alternatives is null)
        {
            problem = $"braces that do not balance, or more than {MaxAlternatives} alternatives";
            return false;
        }

        // A choice of nothing, as in {a,}: no name is empty.
        alternatives.RemoveAll(a => a.Length == 0);
        problem = alternatives.Count == 0 ? Empty : null;
        var simple = new List<string>();
        foreach (var alternative in alternatives)
        {
            problem = TryWrite(alternative, out var glob);
            if (problem is not null)
            {
                return false;
            }

            simple.Add(glob);
        }

        globs = simple;
        return problem is null;
    }

    private static string? Refusal(string pattern) => pattern switch
    {
        "" => Empty,
        { Length: > MaxLength } => $"longer than {MaxLength} characters",
        _ when pattern.Contains('\\', StringComparison.Ordinal) => "backslash escapes are not supported: [*] is a star, and regex: does the rest",
        _ => null,
    };

    /// <summary>All ways to choose among <c>{a,b}</c>, inner braces included; null when they do not balance or are too many.</summary>
    private static List<string>? Expand(string pattern)
    {
        var done = new List<string>();
        var open = new Stack<string>([pattern]);
        while (open.TryPop(out var next))
        {
            var end = next.IndexOf('}', StringComparison.Ordinal);
            var start = end < 0 ? -1 : next.LastIndexOf('{', end);
            if (start < 0)
            {
                if (end >= 0 || next.Contains('{', StringComparison.Ordinal))
                {
                    return null;
                }

                done.Add(next);
                continue;
            }

            // The innermost braces first, so that a comma between them is always theirs.
            foreach (var choice in next[(start + 1)..end].Split(',').Reverse())
            {
                open.Push(next[..start] + choice + next[(end + 1)..]);
            }

            if (open.Count + done.Count > MaxAlternatives)
            {
                return null;
            }
        }

        return done;
    }

    private static string? TryWrite(string alternative, out string glob)
    {
        glob = "";
        var segments = alternative.Split('/');
        var written = new List<string>();
        foreach (var segment in segments)
        {
            if (TryWriteSegment(segment, out var text) is { } problem)
            {
                return problem;
            }

            written.Add(text);
        }

        glob = string.Join('/', written);
        var wildcards = glob.Replace("**", "*", StringComparison.Ordinal).Count(c => c == '*');
        return wildcards > MaxWildcards ? $"more than {MaxWildcards} wildcards (* and **): use regex: instead" : null;
    }

    private static string? TryWriteSegment(string segment, out string text)
    {
        text = segment;
        if (segment is "**")
        {
            return null;
        }

        if (segment.Contains("**", StringComparison.Ordinal))
        {
            return "** must stand alone between slashes: within a name write *";
        }

        var written = new StringBuilder();
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '[')
            {
                var end = segment.IndexOf(']', i + 1);
                if (end < 0 || TryWriteClass(segment[(i + 1)..end]) is not { } characters)
                {
                    return "a [...] must hold single characters or one range such as [a-z]: use regex: for more";
                }

                written.Append(characters);
                i = end;
            }
            else
            {
                written.Append(segment[i]);
            }
        }

        text = written.ToString();
        return null;
    }

    private static string? TryWriteClass(string characters)
    {
        var negated = characters.Length > 0 && characters[0] is '!' or '^';
        var body = negated ? characters[1..] : characters;
        var isRange = body.Length == 3 && body[1] == '-' && body[0] <= body[2];
        var isPlain = body.Length > 0 && !body.AsSpan().ContainsAny('-', '[', '!');
        return isRange || isPlain ? $"[{(negated ? "!" : "")}{body}]" : null;
    }
}
