using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>Kubernetes' label selectors: <c>a=b</c>, <c>a!=b</c>, <c>a in (b,c)</c>, <c>a notin (b,c)</c>, <c>a</c> and <c>!a</c>, all of which must hold.</summary>
internal sealed partial class LabelSelector
{
    private readonly IReadOnlyList<Func<JsonObject, bool>> _terms;

    private LabelSelector(IReadOnlyList<Func<JsonObject, bool>> terms) => _terms = terms;

    /// <summary>Throws what the server answers to a selector that is none.</summary>
    public static LabelSelector Parse(string text) =>
        new([.. Separator().Split(text).Select(t => t.Trim()).Where(t => t.Length > 0).Select(ParseTerm)]);

    public bool Matches(JsonObject resource)
    {
        var labels = resource["metadata"]?["labels"] as JsonObject ?? [];
        return _terms.All(t => t(labels));
    }

    private static Func<JsonObject, bool> ParseTerm(string term)
    {
        if (Term().Match(term) is not { Success: true } match)
        {
            throw ApiFailure.BadRequest($"unable to parse requirement: found '{term}'");
        }

        var (key, verb) = (match.Groups["key"].Value, match.Groups["verb"].Value);
        string[] values = [.. match.Groups["values"].Value.Split(',', StringSplitOptions.TrimEntries)];
        return (match.Groups["not"].Success, verb) switch
        {
            (true, _) => labels => labels[key] is null,
            (_, "=" or "==" or "in") => labels => labels[key] is { } value && values.Contains((string?)value),
            (_, "!=" or "notin") => labels => labels[key] is not { } value || !values.Contains((string?)value),
            _ => labels => labels[key] is not null,
        };
    }

    // Commas between terms, not those inside the parentheses of a set.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Separator();

    [GeneratedRegex(@"\A(?<not>!)?(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)(\s*(?<verb>==|!=|=)\s*(?<values>[-A-Za-z0-9_.]*)|\s+(?<verb>in|notin)\s+\((?<values>[-A-Za-z0-9_.,\s]*)\))?\z")]
    private static partial Regex Term();
}
