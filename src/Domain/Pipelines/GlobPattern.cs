using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Domain.Pipelines;

/// <summary>
/// A glob in the dialect of Go's doublestar: <c>*</c> and <c>?</c> within a segment, <c>**</c> across segments,
/// <c>[a-z]</c>, <c>[!a]</c> or <c>[^a]</c>, <c>{a,b}</c> (nested too), and <c>\</c> before a literal. Matches the whole text, case counts.
/// </summary>
/// <remarks>
/// Own code because no library on the feed has braces, escapes and linear time, and it is pushers who choose the paths:
/// DotNet.Glob takes time exponential in the number of stars.
/// </remarks>
public sealed class GlobPattern
{
    /// <summary>The longest glob that is read, in characters.</summary>
    public const int MaxLength = 256;

    private readonly string _pattern;
    private readonly StringBuilder _regex = new();
    private int _at;
    private int _depth;

    private GlobPattern(string pattern) => _pattern = pattern;

    /// <summary>A matcher that takes time linear in the text.</summary>
    /// <exception cref="FormatException">The glob can't be read; the message says why.</exception>
    public static Regex Parse(string glob)
    {
        ArgumentNullException.ThrowIfNull(glob);
        if (glob.Length is 0 or > MaxLength)
        {
            throw new FormatException($"a glob has 1 to {MaxLength} characters.");
        }

        try
        {
            return new Regex(new GlobPattern(glob).Translate(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            // All else is escaped: only a range within brackets can still be wrong.
            throw new FormatException("a range such as [a-z] runs backwards.", e);
        }
        catch (NotSupportedException e)
        {
            throw new FormatException("it is too large; say it in several patterns.", e);
        }
    }

    private string Translate()
    {
        while (_at < _pattern.Length)
        {
            _regex.Append(TranslateNext());
        }

        return _depth == 0 ? $@"\A(?:{_regex})\z" : throw new FormatException("a '{' is not closed.");
    }

    private string TranslateNext()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '\\':
                return Regex.Escape(TakeEscaped().ToString());
            case '*':
                return TranslateStars();
            case '?':
                return "[^/]";
            case '[':
                return TranslateClass();
            case '{':
                _depth++;
                return "(?:";
            case ',' when _depth > 0:
                return "|";
            case '}' when _depth > 0:
                _depth--;
                return ")";
            default:
                return Regex.Escape(c.ToString());
        }
    }

    private string TranslateStars()
    {
        var startsSegment = _at == 1 || _pattern[_at - 2] is '/' || (_depth > 0 && _pattern[_at - 2] is ('{' or ','));
        var start = _at;
        while (_at < _pattern.Length && _pattern[_at] is '*')
        {
            _at++;
        }

        // Only a whole segment of two stars crosses slashes; anywhere else they are one star.
        var endsSegment = _at == _pattern.Length || _pattern[_at] is '/' || (_depth > 0 && _pattern[_at] is ('}' or ','));
        if (_at != start + 1 || !startsSegment || !endsSegment)
        {
            return "[^/]*";
        }

        if (_at == _pattern.Length || _pattern[_at] is not '/')
        {
            return @"[\s\S]*";
        }

        _at++;
        return @"(?:[\s\S]*/)?";
    }

    private string TranslateClass()
    {
        var negated = _at < _pattern.Length && _pattern[_at] is ('!' or '^');
        _at += negated ? 1 : 0;
        var set = new StringBuilder(negated ? "[^/" : "[");
        var start = _at;
        while (_at < _pattern.Length && _pattern[_at] is not ']')
        {
            var c = _pattern[_at++];
            var isRange = c is '-' && _at - 1 > start && _at < _pattern.Length && _pattern[_at] is not ']';
            set.Append(isRange ? "-" : EscapeInClass(c is '\\' ? TakeEscaped() : c));
        }

        if (_at++ >= _pattern.Length || _at - 1 == start)
        {
            throw new FormatException("a '[' is not closed, or empty.");
        }

        return set.Append(']').ToString();
    }

    private char TakeEscaped() => _at < _pattern.Length ? _pattern[_at++] : throw new FormatException(@"a '\' at the end escapes nothing.");

    private static string EscapeInClass(char c) => c is '[' or ']' or '\\' or '^' or '-' ? $@"\{c}" : c.ToString();
}
