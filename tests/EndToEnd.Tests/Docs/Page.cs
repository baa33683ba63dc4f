using System.Text.RegularExpressions;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests.Docs;

/// <summary>A page of the documentation, taken apart.</summary>
internal sealed partial class Page(string path)
{
    private readonly string _text = File.ReadAllText(RepositoryRoot.Combine(path));

    /// <summary>Relative to the checkout.</summary>
    public string Path => path;

    public static IEnumerable<Page> All =>
        [new("README.md"), .. Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md").Order().Select(f => new Page($"docs/{System.IO.Path.GetFileName(f)}"))];

    /// <summary>Fenced blocks of a language.</summary>
    public IEnumerable<string> Blocks(string language) =>
        Fence().Matches(_text).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["body"].Value);

    /// <summary>What stands between backticks, outside of fenced blocks.</summary>
    public IEnumerable<string> Code => InlineCode().Matches(Fence().Replace(_text, "")).Select(m => m.Groups["code"].Value);

    /// <summary>Targets of links that lead to no other site.</summary>
    public IEnumerable<string> Links => Link().Matches(Fence().Replace(_text, "")).Select(m => m.Groups["target"].Value)
        .Where(t => !t.StartsWith("http", StringComparison.Ordinal));

    /// <summary>The first cells of the rows of the table under a heading of its first column.</summary>
    public IEnumerable<string> Column(string heading) => _text.Split('\n')
        .SkipWhile(l => !l.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|')[1].Trim());

    /// <summary>The headings, as links name them.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Fence().Replace(_text, ""))
        .Select(m => NoAnchor().Replace(m.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"(?ms)^```(?<language>\w*)\n(?<body>.*?)^```")]
    private static partial Regex Fence();

    [GeneratedRegex(@"`(?<code>[^`\n]+)`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^#+ (?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^a-z0-9 _-]")]
    private static partial Regex NoAnchor();
}
