using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Waybill.Domain.Pipelines;

namespace Waybill.Manifests.Patterns;

/// <summary>Says whether a stage's name is what a <see cref="Pattern"/> selects, in bounded time.</summary>
internal sealed class PatternMatcher
{
    private const int MaxRegexLength = 2_000;

    private readonly Pattern _pattern;
    private readonly Regex? _regex;

    private PatternMatcher(Pattern pattern, Regex? regex) => (_pattern, _regex) = (pattern, regex);

    /// <summary>Makes a matcher, or says what is wrong with the pattern.</summary>
    public static bool TryCreate(
        Pattern pattern, [NotNullWhen(true)] out PatternMatcher? matcher, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Regex? regex = null;
        problem = null;
        var isGood = pattern.Kind switch
        {
            PatternKind.Glob => TryParseGlob(pattern.Text, out regex, out problem),
            PatternKind.Regex => TryCompile(pattern.Text, out regex, out problem),
            _ => true,
        };

        matcher = isGood ? new PatternMatcher(pattern, regex) : null;
        problem = isGood ? null : $"not a valid {pattern.Kind.ToString().ToLowerInvariant()}: {problem}";
        return isGood;
    }

    /// <summary>Whether a name is selected: literally the same, or matched by the glob or anywhere by the regular expression.</summary>
    public bool Matches(string name) => _regex?.IsMatch(name) ?? name == _pattern.Text;

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

    private static bool TryParseGlob(string text, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? problem)
    {
        (regex, problem) = (null, null);
        try
        {
            regex = GlobPattern.Parse(text);
            return true;
        }
        catch (FormatException invalid)
        {
            problem = invalid.Message.TrimEnd('.');
            return false;
        }
    }
}
