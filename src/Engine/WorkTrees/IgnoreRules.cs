using System.Text.RegularExpressions;
using Waybill.Domain.Pipelines;
using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.WorkTrees;

/// <summary>Patterns of what to leave out, in the syntax of a <c>.gitignore</c>: the last that matches decides, and what is in an ignored directory is ignored.</summary>
internal sealed class IgnoreRules
{
    private readonly List<Rule> _rules = [];

    /// <exception cref="WorkTreeException">A pattern can't be read.</exception>
    public static IgnoreRules Parse(string text)
    {
        var rules = new IgnoreRules();
        foreach (var line in text.Split('\n').Select(l => l.TrimEnd('\r').TrimEnd(' ')).Where(l => l.Length > 0 && l[0] is not '#'))
        {
            rules._rules.Add(Read(line));
        }

        return rules;
    }

    /// <summary>Whether a file is left out.</summary>
    /// <param name="path">Relative to the directory that the rules are about.</param>
    public bool Match(string path)
    {
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at >= 0; at = path.IndexOf('/', at + 1))
        {
            if (Decide(path[..at], isDirectory: true))
            {
                return true;
            }
        }

        return Decide(path, isDirectory: false);
    }

    private bool Decide(string path, bool isDirectory) =>
        _rules.LastOrDefault(r => (isDirectory || !r.DirectoriesOnly) && r.Pattern.IsMatch(path)) is { IsExcluded: true };

    private static Rule Read(string line)
    {
        var isExcluded = line[0] is not '!';
        var pattern = isExcluded ? line : line[1..];
        var directoriesOnly = pattern.EndsWith('/');
        pattern = pattern.TrimEnd('/');
        var isAnchored = pattern.Contains('/', StringComparison.Ordinal);
        try
        {
            // Braces are nothing special here.
            var plain = Regex.Replace(PathRules.Join(isAnchored ? "" : "**", pattern.TrimStart('/')), @"(?<!\\)[{},]", @"\$0");
            return new Rule(GlobPattern.Parse(plain), isExcluded, directoriesOnly);
        }
        catch (FormatException e)
        {
            throw new WorkTreeException($"The pattern {line} can't be read: {e.Message}");
        }
    }

    private sealed record Rule(Regex Pattern, bool IsExcluded, bool DirectoriesOnly);
}
