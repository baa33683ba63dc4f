using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.Expressions.Values;

/// <summary>Reads floats from text as Go's ParseFloat does, which is wider than .NET: hexadecimal, underscores, infinities.</summary>
internal static partial class FloatReader
{
    private const int LongestText = 1_000;

    /// <summary>The number a text is; null when it is none or does not fit.</summary>
    public static double? TryRead(string text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return null;
        }

        var plain = WithoutUnderscores(text);
        if (plain is null)
        {
            return null;
        }

        return Decimal().IsMatch(plain) ? Finite(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture))
            : Hexadecimal().Match(plain) is { Success: true } match ? FromHexadecimal(match)
            : Special(plain);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static double? Special(string text)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var name = text.TrimStart('+', '-').ToUpperInvariant();

        return name switch
        {
            "INF" or "INFINITY" when text.Length - name.Length <= 1 => sign * double.PositiveInfinity,
            "NAN" when text.Length == name.Length => double.NaN,
            _ => null,
        };
    }

    private static double? FromHexadecimal(Match match)
    {
        var digits = match.Groups["whole"].Value + match.Groups["fraction"].Value;
        if (digits.Length == 0)
        {
            return null;
        }

        var mantissa = digits.Aggregate(0.0, (value, digit) => value * 16 + Convert.ToInt32(digit.ToString(), 16));
        var exponent = double.Parse(match.Groups["exponent"].ValueSpan, CultureInfo.InvariantCulture);
        var value = mantissa * Math.Pow(2, exponent - 4 * match.Groups["fraction"].Length);

        return Finite(match.Groups["sign"].Value == "-" ? -value : value);
    }

    // An underscore may stand between digits, and after the prefix of a hexadecimal number.
    private static string? WithoutUnderscores(string text)
    {
        if (!text.Contains('_', StringComparison.Ordinal))
        {
            return text;
        }

        return Misplaced().IsMatch(text) ? null : text.Replace("_", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Decimal();

    [GeneratedRegex(
        @"\A(?<sign>[+-]?)0[xX](?<whole>[0-9a-fA-F]*)(\.(?<fraction>[0-9a-fA-F]*))?[pP](?<exponent>[+-]?[0-9]{1,6})\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex("(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])")]
    private static partial Regex Misplaced();
}
