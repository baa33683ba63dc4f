using System.Buffers;
using System.Globalization;

namespace Waybill.Expressions.Dates;

/// <summary>Durations as Go writes and reads them, such as <c>1h30m0.5s</c>.</summary>
internal static class Durations
{
    private const decimal NanosecondsPerTick = 100;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, decimal Nanoseconds)[] Units =
    [
        ("ns", 1m), ("us", 1_000m), ("µs", 1_000m), ("μs", 1_000m), ("ms", 1_000_000m),
        ("s", 1_000_000_000m), ("m", 60_000_000_000m), ("h", 3_600_000_000_000m),
    ];

    public static long Nanoseconds(TimeSpan span) => unchecked(span.Ticks * 100);

    public static TimeSpan Parse(string text)
    {
        var nanoseconds = Total(text);
        if (Math.Abs(nanoseconds) > long.MaxValue)
        {
            throw new Fault("duration: longer than 292 years");
        }

        return nanoseconds % NanosecondsPerTick == 0
            ? new TimeSpan((long)(nanoseconds / NanosecondsPerTick))
            : throw new Fault("duration: finer than 100ns, the shortest step a duration has here");
    }

    public static string Text(TimeSpan span)
    {
        var sign = span < TimeSpan.Zero ? "-" : "";
        var nanoseconds = Math.Abs((decimal)span.Ticks * NanosecondsPerTick);

        return nanoseconds switch
        {
            0 => "0s",
            < 1_000 => $"{sign}{Digits(nanoseconds)}ns",
            < 1_000_000 => $"{sign}{Digits(nanoseconds / 1_000)}µs",
            < 1_000_000_000 => $"{sign}{Digits(nanoseconds / 1_000_000)}ms",
            _ => sign + Clock(nanoseconds / 1_000_000_000),
        };
    }

    private static string Clock(decimal seconds)
    {
        var hours = Math.Floor(seconds / 3_600);
        var minutes = Math.Floor(seconds / 60) % 60;
        var tail = $"{Digits(seconds % 60)}s";

        return hours > 0 ? $"{hours}h{minutes}m{tail}" : minutes > 0 ? $"{minutes}m{tail}" : tail;
    }

    private static string Digits(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static decimal Total(string text)
    {
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return 0;
        }

        var total = rest.IsEmpty ? throw Invalid() : 0m;
        while (!rest.IsEmpty)
        {
            total += TakeTerm(ref rest);
        }

        return negative ? -total : total;
    }

    private static decimal TakeTerm(ref ReadOnlySpan<char> rest)
    {
        var digits = rest.IndexOfAnyExcept(NumberCharacters);
        if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            throw Invalid();
        }

        rest = rest[digits..];
        var end = rest.IndexOfAny(NumberCharacters);
        var name = rest[..(end < 0 ? rest.Length : end)];
        foreach (var (unit, nanoseconds) in Units)
        {
            if (name.SequenceEqual(unit))
            {
                rest = rest[name.Length..];

                return Scale(value, nanoseconds);
            }
        }

        throw Invalid();
    }

    private static decimal Scale(decimal value, decimal nanoseconds) =>
        value <= long.MaxValue ? decimal.Truncate(value * nanoseconds) : throw Invalid();

    private static Fault Invalid() =>
        new("duration: expected numbers with units ns, us, ms, s, m or h, such as 1h30m");
}
