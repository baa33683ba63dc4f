using System.Globalization;

namespace Waybill.Expressions.Values;

/// <summary>Floats as Go writes them: the fewest digits that read back the same, with its own rules for exponents.</summary>
internal static class FloatText
{
    /// <summary>As <c>string(v)</c> prints it: an exponent below 1e-4 and from 1e+6 on, two digits wide at least.</summary>
    public static string Plain(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        var (sign, digits, point) = Decompose(value);
        var exponent = point - 1;

        return sign + (exponent is < -4 or >= 6 ? Scientific(digits, exponent, 2) : Fixed(digits, point));
    }

    /// <summary>As JSON has it: an exponent below 1e-6 and from 1e+21 on.</summary>
    public static string Json(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new Fault($"JSON has no number for {Plain(value)}");
        }

        var (sign, digits, point) = Decompose(value);
        var exponent = point - 1;

        return sign + (exponent is < -6 or >= 21 ? Scientific(digits, exponent, 1) : Fixed(digits, point));
    }

    // The shortest digits d1d2d3... and the place of the point such that the value is 0.d1d2d3... times ten to it.
    private static (string Sign, string Digits, int Point) Decompose(double value)
    {
        var sign = double.IsNegative(value) ? "-" : "";
        if (value == 0)
        {
            return (sign, "0", 1);
        }

        var parts = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var whole = parts[0].Split('.')[0];
        var all = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');

        return (sign, digits.TrimEnd('0'), whole.Length - (all.Length - digits.Length) + exponent);
    }

    private static string Fixed(string digits, int point) => point switch
    {
        <= 0 => "0." + new string('0', -point) + digits,
        _ when point >= digits.Length => digits + new string('0', point - digits.Length),
        _ => digits[..point] + "." + digits[point..],
    };

    private static string Scientific(string digits, int exponent, int width)
    {
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        var size = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

        return $"{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{size}";
    }
}
