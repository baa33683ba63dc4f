using System.Globalization;
using System.Text;

namespace Waybill.Expressions.Syntax;

internal sealed partial class Lexer
{
    private void QuotedString()
    {
        var start = _index;
        var quote = _text[_index++];
        var value = new StringBuilder();
        while (!TakeQuote(quote, start))
        {
            if (Current == '\\')
            {
                value.Append(Escape(isBytes: false).ToString());
            }
            else
            {
                value.Append(_text[_index++]);
            }
        }

        _tokens.Add(new Token(TokenKind.String, value.ToString(), start));
    }

    // The bytes travel in the token as the characters U+0000 to U+00FF.
    private void BytesLiteral()
    {
        var start = _index;
        var quote = _text[_index + 1];
        _index += 2;
        var value = new StringBuilder();
        while (!TakeQuote(quote, start))
        {
            if (Current == '\\')
            {
                value.Append((char)Escape(isBytes: true).Value);
            }
            else
            {
                Rune.DecodeFromUtf16(_text.AsSpan(_index), out var rune, out var length);
                value.Append(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(rune.ToString())));
                _index += length;
            }
        }

        _tokens.Add(new Token(TokenKind.Bytes, value.ToString(), start));
    }

    // Within backticks nothing is escaped but a backtick, by another.
    private void RawString()
    {
        var start = _index++;
        var value = new StringBuilder();
        while (true)
        {
            if (_index >= _source.End)
            {
                throw _source.Error(start, OpenString);
            }

            var character = _text[_index++];
            if (character == '`')
            {
                if (Current != '`')
                {
                    break;
                }

                _index++;
            }

            value.Append(character);
        }

        _tokens.Add(new Token(TokenKind.String, value.ToString(), start));
    }

    private bool TakeQuote(char quote, int start)
    {
        if (_index >= _source.End || Current == '\n')
        {
            throw _source.Error(start, OpenString);
        }

        if (Current != quote)
        {
            return false;
        }

        _index++;

        return true;
    }

    private Rune Escape(bool isBytes)
    {
        var start = _index;
        var letter = Peek(1);
        _index += 2;

        return letter switch
        {
            'a' => new Rune('\a'),
            'b' => new Rune('\b'),
            'f' => new Rune('\f'),
            'n' => new Rune('\n'),
            'r' => new Rune('\r'),
            't' => new Rune('\t'),
            'v' => new Rune('\v'),
            '\\' or '\'' or '"' or '`' or '?' => new Rune(letter),
            >= '0' and <= '3' => Octal(start),
            'x' => Hex(start, 2),
            'u' when !isBytes && Current == '{' => BracedHex(start),
            'u' when !isBytes => Hex(start, 4),
            'U' when !isBytes => Hex(start, 8),
            _ => throw InvalidEscape(start),
        };
    }

    private Rune Octal(int start)
    {
        var value = 0;
        for (var index = start + 1; index < start + 4; index++)
        {
            var digit = index < _source.End ? _text[index] - '0' : -1;
            value = digit is >= 0 and <= 7 ? value * 8 + digit : throw InvalidEscape(start);
        }

        _index = start + 4;

        return new Rune(value);
    }

    private Rune Hex(int start, int length)
    {
        if (_index + length > _source.End
            || !int.TryParse(_text.AsSpan(_index, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw InvalidEscape(start);
        }

        _index += length;

        return Character(start, value);
    }

    private Rune BracedHex(int start)
    {
        var end = _text.IndexOf('}', _index, _source.End - _index);
        var length = end - _index - 1;
        if (length is < 1 or > 6)
        {
            throw InvalidEscape(start);
        }

        _index++;
        var rune = Hex(start, length);
        _index++;

        return rune;
    }

    // Half of a surrogate pair is no character; as in Go the replacement character stands for it.
    private Rune Character(int start, int value) =>
        value is < 0 or > 0x10FFFF ? throw InvalidEscape(start)
        : value is >= 0xD800 and <= 0xDFFF ? Rune.ReplacementChar
        : new Rune(value);

    private ExpressionSyntaxException InvalidEscape(int start) => _source.Error(start, "invalid escape in string");
}
