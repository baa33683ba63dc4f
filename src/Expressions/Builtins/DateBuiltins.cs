using Waybill.Expressions.Dates;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that make dates, durations and time zones.</summary>
internal static class DateBuiltins
{
    private static readonly Layout[] KnownLayouts =
    [
        .. new[]
        {
            "2006-01-02", "15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00",
            "02 Jan 06 15:04 MST", "Monday, 02-Jan-06 15:04:05 MST", "Mon, 02 Jan 2006 15:04:05 MST",
        }.Select(Layout.Of),
    ];

    public static readonly Builtin[] All =
    [
        new("now", 0, 1, (evaluation, arguments) => Now(evaluation.Options.Now, arguments)),
        new("duration", 1, 1, (_, arguments) => Durations.Parse(Layout.Checked(arguments[0], "duration"))),
        new("date", 1, 4, (_, arguments) => arguments[0] is TimeZoneInfo zone
            ? Date(arguments[1..], zone)
            : Date(arguments, TimeZoneInfo.Utc)),
        new("timezone", 1, 1, (_, arguments) => Zones.Find(ValueKind.Text(arguments[0], "timezone"))),
    ];

    private static DateTimeOffset Now(DateTimeOffset? now, object?[] arguments)
    {
        var instant = now ?? throw new Fault("now: this expression is evaluated without a clock");
        if (arguments.Length == 0)
        {
            return instant;
        }

        return arguments[0] is TimeZoneInfo zone
            ? TimeZoneInfo.ConvertTime(instant, zone)
            : throw new Fault($"now: expected a timezone(...), got {ValueKind.Name(arguments[0])}");
    }

    private static DateTimeOffset Date(object?[] arguments, TimeZoneInfo zone)
    {
        if (arguments.Length is 0 or > 3)
        {
            throw new Fault(Arity.Describe("date", 1, 3, arguments.Length));
        }

        var text = Layout.Checked(arguments[0], "date");
        if (arguments.Length == 3)
        {
            zone = Zones.Find(ValueKind.Text(arguments[2], "date"));
        }

        return arguments.Length > 1
            ? DateParser.TryParse(text, Layout.Of(Layout.Checked(arguments[1], "date")), zone)
                ?? throw new Fault("date: the string does not follow the format")
            : KnownLayouts.Select(layout => DateParser.TryParse(text, layout, zone)).FirstOrDefault(date => date is not null)
                ?? throw new Fault("date: the string is not a date; give its format as the second argument");
    }
}
