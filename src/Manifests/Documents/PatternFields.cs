using Waybill.Domain.Pipelines;
using Waybill.Manifests.Patterns;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Documents;

/// <summary>Reads fields that hold patterns, so that a bad one is found at load and not at the first push.</summary>
internal static class PatternFields
{
    public static IReadOnlyList<Pattern> Paths(MapReader fields, string name) =>
        [.. fields.Items(name).Select(ReadPath).OfType<Pattern>()];

    public static IReadOnlyList<string> Regexes(MapReader fields, string name) =>
        [.. fields.Items(name).Select(ReadRegex).OfType<string>()];

    public static string? ReadRegex(Cursor item)
    {
        if (item.Text() is not { } text)
        {
            return null;
        }

        if (PatternMatcher.TryCompile(text, out _, out var problem))
        {
            return text;
        }

        item.Error($"not a valid regular expression: {problem}");
        return null;
    }

    /// <summary>A matcher for the pattern; null, and a problem reported, when it is not one.</summary>
    public static PatternMatcher? Check(Cursor item, Pattern pattern)
    {
        if (PatternMatcher.TryCreate(pattern, out var matcher, out var problem))
        {
            return matcher;
        }

        item.Error(problem);
        return null;
    }

    private static Pattern? ReadPath(Cursor item)
    {
        if (item.Text() is not { } text)
        {
            return null;
        }

        if (text.Trim().Length == 0)
        {
            item.Error("must not be empty: leave the field out to mean all paths");
            return null;
        }

        if (text.StartsWith('/') || text.Split('/').Contains(".."))
        {
            item.Error("paths are relative to the repository's root and stay within it");
            return null;
        }

        var pattern = Pattern.Parse(text.StartsWith("./", StringComparison.Ordinal) ? text[2..] : text);
        return Check(item, pattern) is null ? null : pattern;
    }
}
