using System.Text;
using System.Text.RegularExpressions;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Patterns;

/// <summary>A regular expression in Go's syntax, matched in time linear in the text so that none can stall the app.</summary>
internal sealed class TextPattern
{
    private const int LongestPattern = 2_000;

    // Matching costs more a character than a plain scan does.
    private const int CharactersPerStep = 4;

    private readonly Regex _regex;

    private TextPattern(Regex regex) => _regex = regex;

    /// <summary>Compiles a pattern; a fault says what the engine does not take.</summary>
    public static TextPattern Compile(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new Fault($"the pattern is longer than {LongestPattern} characters");
        }

        try
        {
            var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

            return new TextPattern(new Regex(PatternTranslator.Translate(pattern), options));
        }
        catch (RegexParseException invalid)
        {
            throw new Fault($"invalid pattern: {Words(invalid.Error)}", cause: invalid);
        }
        catch (NotSupportedException unsupported)
        {
            throw new Fault("invalid pattern: lookarounds, backreferences and huge repetitions are not supported", cause: unsupported);
        }
    }

    public bool Matches(object? text, Budget budget) => text switch
    {
        null => false,
        string characters => Matches(characters, budget),
        ByteArray bytes => Matches(Encoding.UTF8.GetString(bytes.Bytes), budget),
        _ => throw new Fault($"matches: expected a string, got {ValueKind.Name(text)}"),
    };

    private bool Matches(string text, Budget budget)
    {
        budget.Steps(text.Length / CharactersPerStep);

        return _regex.IsMatch(text);
    }

    // "UnterminatedBracket" reads well enough as "unterminated bracket".
    private static string Words(RegexParseError error)
    {
        var words = new StringBuilder();
        foreach (var letter in error.ToString())
        {
            words.Append(char.IsAsciiLetterUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
