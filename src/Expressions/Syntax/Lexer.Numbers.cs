namespace Waybill.Expressions.Syntax;

internal sealed partial class Lexer
{
    private void Number()
    {
        var start = _index;
        var digits = "0123456789_";
        if (Current == '0')
        {
            digits = (Peek(1) | 0x20) switch
            {
                'x' => "0123456789abcdefABCDEF_",
                'o' => "01234567_",
                'b' => "01_",
                _ => digits,
            };
            _index += digits.StartsWith("0123456789_", StringComparison.Ordinal) ? 0 : 2;
        }

        SkipDigits(digits);
        Fraction(digits);
        if (Identifiers.ContinuesAt(_text, _index, _source.End))
        {
            throw _source.Error(_index, $"bad number syntax: {_text[start..(_index + 1)]}");
        }

        _tokens.Add(new Token(TokenKind.Number, _text[start.._index], start));
    }

    private void Fraction(string digits)
    {
        if (Current == '.')
        {
            // In 1..2 the number ends before the range operator.
            if (Peek(1) == '.')
            {
                return;
            }

            _index++;
            SkipDigits(digits);
        }

        if (Current is 'e' or 'E')
        {
            _index += Peek(1) is '+' or '-' ? 2 : 1;
            SkipDigits(digits);
        }
    }

    private void SkipDigits(string digits)
    {
        while (_index < _source.End && digits.Contains(Current, StringComparison.Ordinal))
        {
            _index++;
        }
    }
}
