using System.Text;

namespace Waybill.Domain.Analysis;

/// <summary>The <c>{{args.NAME}}</c> in the texts of an AnalysisTemplate, read as Argo Rollouts reads them.</summary>
public static class Placeholders
{
    private const string Open = "{{";
    private const string Close = "}}";
    private const string Prefix = "args.";

    /// <summary>What stands between the braces, trimmed, in order. A brace that is not closed ends the search.</summary>
    public static IReadOnlyList<string> In(string text)
    {
        var found = new List<string>();
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            var end = text.IndexOf(Close, at + Open.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            found.Add(text[(at + Open.Length)..end].Trim());
            at = end + Close.Length;
        }

        return found;
    }

    /// <summary>The argument that a placeholder names; null when it names none.</summary>
    public static string? ArgumentIn(string placeholder) =>
        placeholder.StartsWith(Prefix, StringComparison.Ordinal) ? placeholder[Prefix.Length..] : null;

    /// <summary>The text with every placeholder replaced by what <paramref name="valueOf"/> gives for its argument's name; what it gives null for stays.</summary>
    public static string Replace(string text, Func<string, string?> valueOf)
    {
        if (!text.Contains(Open, StringComparison.Ordinal))
        {
            return text;
        }

        var replaced = new StringBuilder();
        var rest = text.AsSpan();
        while (rest.IndexOf(Open) is >= 0 and var at && rest[(at + Open.Length)..].IndexOf(Close) is >= 0 and var length)
        {
            var inner = rest.Slice(at + Open.Length, length);
            var end = at + Open.Length + length + Close.Length;
            replaced.Append(rest[..at]);
            replaced.Append(ArgumentIn(inner.Trim().ToString()) is { } name && valueOf(name) is { } value ? value : rest[at..end]);
            rest = rest[end..];
        }

        return replaced.Append(rest).ToString();
    }
}
