using System.Text;

namespace Waybill.Expressions.Patterns;

/// <summary>Rewrites what Go's regular expressions mean differently from .NET's: ASCII classes, the end of text, names.</summary>
internal sealed class PatternTranslator
{
    private const int MostRepetitions = 1_000;

    private readonly string _pattern;
    private readonly StringBuilder _result;
    private int _index;

    private PatternTranslator(string pattern)
    {
        _pattern = pattern;
        _result = new StringBuilder(pattern.Length + 16);
    }

    public static string Translate(string pattern)
    {
        var translator = new PatternTranslator(pattern);
        while (translator._index < pattern.Length)
        {
            translator.Next();
        }

        return translator._result.ToString();
    }

    private ReadOnlySpan<char> Rest => _pattern.AsSpan(_index);

    private void Next()
    {
        switch (_pattern[_index])
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            // .NET's $ also matches before a last newline, which Go's does by (?m) only.
            case '$':
                Take(1, HasMultilineFlag() ? null : "\\z");
                break;
            case '(' when Rest.StartsWith("(?P<"):
                Take(4, "(?<");
                break;
            case '{':
                Repetition();
                break;
            default:
                Take(1);
                break;
        }
    }

    private void Escape(bool inClass)
    {
        if (Rest.StartsWith("\\Q"))
        {
            Quoted();
            return;
        }

        var next = Rest.Length > 1 ? Rest[1] : '\0';
        switch (next)
        {
            case 'd':
                Take(2, inClass ? "0-9" : "[0-9]");
                break;
            case 'w':
                Take(2, inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
                break;
            case 's':
                Take(2, inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]");
                break;
            case 'D' when !inClass:
                Take(2, "[^0-9]");
                break;
            case 'W' when !inClass:
                Take(2, "[^0-9A-Za-z_]");
                break;
            case 'S' when !inClass:
                Take(2, @"[^\t\n\f\r ]");
                break;
            case 'p' or 'P' when Rest.Length > 2 && char.IsAsciiLetterUpper(Rest[2]):
                Take(3, $"\\{next}{{{Rest[2]}}}");
                break;
            case 'x' when Rest.StartsWith("\\x{"):
                HexEscape();
                break;
            default:
                Take(Math.Min(2, Rest.Length));
                break;
        }
    }

    private void Quoted()
    {
        var end = Rest.IndexOf("\\E");
        var length = end < 0 ? Rest.Length : end;
        var text = Rest[2..length].ToString();
        _result.Append(System.Text.RegularExpressions.Regex.Escape(text));
        _index += end < 0 ? length : length + 2;
    }

    private void HexEscape()
    {
        var end = Rest.IndexOf('}');
        if (end < 0 || !Rune.TryCreate(Hex(Rest[3..end]), out var rune))
        {
            throw new Fault("invalid pattern: expected \\x{10FFFF}");
        }

        _result.Append(System.Text.RegularExpressions.Regex.Escape(rune.ToString()));
        _index += end + 1;
    }

    private static int Hex(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value) ? value : -1;

    private void Class()
    {
        Take(1);
        if (Rest.StartsWith("^"))
        {
            Take(1);
        }

        // A bracket that comes first is itself, not the end.
        if (Rest.StartsWith("]"))
        {
            Take(1, "\\]");
        }

        while (_index < _pattern.Length && _pattern[_index] != ']')
        {
            ClassItem();
        }

        Take(Math.Min(1, Rest.Length));
    }

    private void ClassItem()
    {
        if (Rest.StartsWith("[:") && Rest.IndexOf(":]") is var end and > 0)
        {
            var name = Rest[2..end].ToString();
            Take(end + 2, PosixClasses.Find(name));
        }
        else if (_pattern[_index] == '\\')
        {
            Escape(inClass: true);
        }
        else
        {
            // .NET reads [a-z-[x]] as a subtraction, Go as characters.
            Take(1, _pattern[_index] == '[' ? "\\[" : null);
        }
    }

    // Go refuses counts above a thousand, and so bounds the size of what a short pattern compiles to.
    private void Repetition()
    {
        var end = Rest.IndexOf('}');
        if (end > 0)
        {
            foreach (var count in Rest[1..end].ToString().Split(','))
            {
                if (int.TryParse(count, out var times) && times > MostRepetitions)
                {
                    throw new Fault($"invalid pattern: repetition of more than {MostRepetitions}");
                }
            }
        }

        Take(1);
    }

    private bool HasMultilineFlag()
    {
        for (var start = _pattern.IndexOf("(?", StringComparison.Ordinal); start >= 0 && start < _index;)
        {
            var flags = _pattern.AsSpan(start + 2);
            var length = flags.IndexOfAnyExcept("imsU");
            if (length > 0 && flags[..length].Contains('m'))
            {
                return true;
            }

            start = _pattern.IndexOf("(?", start + 2, StringComparison.Ordinal);
        }

        return false;
    }

    private void Take(int length, string? replacement = null)
    {
        if (replacement is null)
        {
            _result.Append(_pattern, _index, length);
        }
        else
        {
            _result.Append(replacement);
        }

        _index += length;
    }
}
