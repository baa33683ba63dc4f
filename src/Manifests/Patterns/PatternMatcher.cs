using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using DotNet.Globbing;
using Waybill.Domain.Pipelines;

namespace Waybill.Manifests.Patterns;

/// <summary>Says whether a stage's name is what a <see cref="Pattern"/> selects, in bounded time.</summary>
internal sealed class PatternMatcher
{
    private const int MaxRegexLength = 2_000;

    private readonly Pattern _pattern;
    private readonly IReadOnlyList<Glob> _globs = [];
    private readonly Regex? _regex;

    private PatternMatcher(Pattern pattern, IReadOnlyList<Glob> globs, Regex? regex) =>
        (_pattern, _globs, _regex) = (pattern, globs, regex);

    /// <summary>Makes a matcher, or says what is wrong with the pattern.</summary>
    public static bool TryCreate(
        Pattern pattern, [NotNullWhen(true)] out PatternMatcher? matcher, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        matcher = null;
        IReadOnlyList<string>? globs = [];
        Regex? regex = null;
        problem = null;
        var isGood = pattern.Kind switch
        {
            PatternKind.Glob => GlobSyntax.TryTranslate(pattern.Text, out globs, out problem),
            PatternKind.Regex => TryCompile(pattern.Text, out regex, out problem),
            _ => true,
        };

        if (!isGood)
        {
            problem = $"not a valid {pattern.Kind.ToString().ToLowerInvariant()}: {problem}";
            return false;
        }

        matcher = new PatternMatcher(pattern, [.. globs!.Select(Glob.Parse)], regex);
        problem = null;
        return true;
    }

    /// <summary>Whether a name is selected: literally the same, or matched by the glob or anywhere by the regular expression.</summary>
    public bool Matches(string name) => _pattern.Kind switch
    {
        PatternKind.Literal => name == _pattern.Text,
        PatternKind.Regex => _regex!.IsMatch(name),
        _ => _globs.Any(glob => glob.IsMatch(name)),
    };

    /// <summary>Compiles a regular expression that matches in time linear in the text, as Go's do.</summary>
    public static bool TryCompile(string text, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? problem)
    {
        regex = null;
        if (text.Length > MaxRegexLength)
        {
            problem = $"longer than {MaxRegexLength} characters";
            return false;
        }

        try
        {
            // Go writes named groups (?P<name>…).
            regex = new Regex(text.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            problem = null;
            return true;
        }
        catch (RegexParseException invalid)
        {
            problem = $"{invalid.Error} at character {invalid.Offset + 1}";
            return false;
        }
        catch (NotSupportedException)
        {
            problem = "lookarounds, backreferences and very large repetitions are not supported";
            return false;
        }
    }
}
