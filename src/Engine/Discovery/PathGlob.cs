using System.Text;
using System.Text.RegularExpressions;

namespace Waybill.Engine.Discovery;

/// <summary>
/// A path pattern in the dialect of Go's doublestar: <c>*</c> and <c>?</c> within a segment, <c>**</c> across segments,
/// <c>[a-z]</c>, <c>[!a]</c> or <c>[^a]</c>, <c>{a,b}</c> (nested too), and <c>\</c> before a literal. Matches the whole path, case counts.
/// </summary>
/// <remarks>
/// Translated rather than left to a glob library: pushers choose the paths, and DotNet.Glob takes time exponential in the number
/// of stars (besides knowing neither braces nor escapes).
/// </remarks>
internal sealed class PathGlob
{
    private readonly string _pattern;
    private readonly StringBuilder _regex = new();
    private int _at;
    private int _depth;

    private PathGlob(string pattern) => _pattern = pattern;

    /// <exception cref="FormatException">The pattern can't be read; the message says why.</exception>
    public static Regex Parse(string pattern) => BoundedRegex.Parse(new PathGlob(pattern).Translate());

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
