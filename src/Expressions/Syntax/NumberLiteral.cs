using System.Globalization;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Syntax;

/// <summary>The value of a number in an expression.</summary>
internal static class NumberLiteral
{
    public static object Parse(Token token, SourceText source)
    {
        var digits = token.Text.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

        return digits switch
        {
            ['0', 'X', ..] => Boxed.Of(Based(digits, 16, token, source)),
            ['0', 'O', ..] => Boxed.Of(Based(digits, 8, token, source)),
            ['0', 'B', ..] => Boxed.Of(Based(digits, 2, token, source)),
            _ when digits.AsSpan().ContainsAny('.', 'E') => Real(digits, token, source),
            _ => long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var integer)
                ? Boxed.Of(integer)
                : throw source.Error(token.Offset, "the integer does not fit 64 bits"),
        };
    }

    private static double Real(string digits, Token token, SourceText source) =>
        double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? real
            : throw source.Error(token.Offset, $"invalid float {token.Text}");

    private static long Based(string digits, int numberBase, Token token, SourceText source)
    {
        var value = UInt128.Zero;
        foreach (var digit in digits.AsSpan(2))
        {
            var part = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : numberBase;
            value = part < numberBase
                ? value * (uint)numberBase + (uint)part
                : throw source.Error(token.Offset, $"invalid integer {token.Text}");
            if (value > long.MaxValue)
            {
                throw source.Error(token.Offset, "the integer does not fit 64 bits");
            }
        }

        return digits.Length > 2 ? (long)value : throw source.Error(token.Offset, $"invalid integer {token.Text}");
    }
}
