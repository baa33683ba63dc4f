using System.Buffers;
using System.Globalization;
using System.Text;

namespace Waybill.Domain;

/// <summary>Durations as Kargo's manifests write them: Go's notation, such as <c>1h30m</c>, <c>90s</c> or <c>500ms</c>.</summary>
public static class GoDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, double Milliseconds)[] Units =
        [("ms", 1), ("us", 0.001), ("\u00b5s", 0.001), ("\u03bcs", 0.001), ("ns", 0.000001), ("h", 3_600_000), ("m", 60_000), ("s", 1000)];

    /// <summary>Reads a Go duration. A bare <c>0</c> is zero; anything else needs a unit.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = (text ?? "").Trim().AsSpan();
        var negative = rest.Length > 0 && rest[0] == '-';
        rest = negative || (rest.Length > 0 && rest[0] == '+') ? rest[1..] : rest;

        if (rest is "0")
        {
            return true;
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        var milliseconds = 0.0;
        while (!rest.IsEmpty)
        {
            if (!TryReadPart(ref rest, out var part))
            {
                return false;
            }

            milliseconds += part;
        }

        if (milliseconds > TimeSpan.MaxValue.TotalMilliseconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round((negative ? -milliseconds : milliseconds) * TimeSpan.TicksPerMillisecond));
        return true;
    }

    /// <summary>Writes a duration the way Go prints it, without fractions of a second: <c>1h30m0s</c> becomes <c>1h30m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return "-" + Format(-duration);
        }

        var text = new StringBuilder();
        Append(text, (long)duration.TotalHours, "h");
        Append(text, duration.Minutes, "m");
        Append(text, duration.Seconds, "s");
        return text.Length == 0 ? (duration.Milliseconds > 0 ? $"{duration.Milliseconds}ms" : "0s") : text.ToString();
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, out double milliseconds)
    {
        milliseconds = 0;
        var digits = rest.IndexOfAnyExcept(NumberCharacters);
        if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[digits..];
        foreach (var (unit, factor) in Units)
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal))
            {
                rest = rest[unit.Length..];
                milliseconds = number * factor;
                return true;
            }
        }

        return false;
    }

    private static void Append(StringBuilder text, long value, string unit)
    {
        if (value > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{value}{unit}");
        }
    }
}
