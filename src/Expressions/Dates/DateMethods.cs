using Waybill.Expressions.Values;

namespace Waybill.Expressions.Dates;

/// <summary>Methods of dates, as far as Go's time.Time has them and one value can be their answer.</summary>
internal static class DateMethods
{
    public static readonly Dictionary<string, Method> All = new(StringComparer.Ordinal)
    {
        ["Year"] = Read(date => Boxed.Of((long)date.Year)),
        ["Month"] = Read(date => NamedNumber.Month(date.Month)),
        ["Day"] = Read(date => Boxed.Of((long)date.Day)),
        ["Hour"] = Read(date => Boxed.Of((long)date.Hour)),
        ["Minute"] = Read(date => Boxed.Of((long)date.Minute)),
        ["Second"] = Read(date => Boxed.Of((long)date.Second)),
        ["Nanosecond"] = Read(date => Boxed.Of(date.Ticks % TimeSpan.TicksPerSecond * 100)),
        ["Weekday"] = Read(date => NamedNumber.Weekday(date.DayOfWeek)),
        ["YearDay"] = Read(date => Boxed.Of((long)date.DayOfYear)),
        ["Unix"] = Read(date => Boxed.Of(date.ToUnixTimeSeconds())),
        ["UnixMilli"] = Read(date => Boxed.Of(date.ToUnixTimeMilliseconds())),
        ["UnixMicro"] = Read(date => Boxed.Of(SinceEpoch(date) / TimeSpan.TicksPerMicrosecond)),
        ["UnixNano"] = Read(date => Boxed.Of(unchecked(SinceEpoch(date) * 100))),
        ["IsZero"] = Read(date => Boxed.Of(date.UtcTicks == 0)),
        ["String"] = Read(Instants.Text),
        ["Location"] = Read(Zones.Of),
        ["UTC"] = Read(date => date.ToUniversalTime()),
        ["In"] = new(1, (date, arguments) => TimeZoneInfo.ConvertTime((DateTimeOffset)date, Zone(arguments[0]))),
        ["Format"] = new(1, (date, arguments) =>
            DateFormatter.Format((DateTimeOffset)date, Layout.Of(Layout.Checked(arguments[0], "Format")))),
        ["Add"] = new(1, (date, arguments) => Instants.Shift((DateTimeOffset)date, Span(arguments[0], "Add"))),
        ["Sub"] = new(1, (date, arguments) => (DateTimeOffset)date - Date(arguments[0], "Sub")),
        ["AddDate"] = new(3, (date, arguments) => Instants.AddDate(
            (DateTimeOffset)date,
            Number.ToInteger(arguments[0], "AddDate"),
            Number.ToInteger(arguments[1], "AddDate"),
            Number.ToInteger(arguments[2], "AddDate"))),
        ["Before"] = new(1, (date, arguments) => Boxed.Of((DateTimeOffset)date < Date(arguments[0], "Before"))),
        ["After"] = new(1, (date, arguments) => Boxed.Of((DateTimeOffset)date > Date(arguments[0], "After"))),
        ["Equal"] = new(1, (date, arguments) => Boxed.Of((DateTimeOffset)date == Date(arguments[0], "Equal"))),
        ["Compare"] = new(1, (date, arguments) =>
            Boxed.Of((long)((DateTimeOffset)date).CompareTo(Date(arguments[0], "Compare")))),
        ["Truncate"] = new(1, (date, arguments) => Instants.Truncate((DateTimeOffset)date, Span(arguments[0], "Truncate"))),
        ["Round"] = new(1, (date, arguments) => Instants.Round((DateTimeOffset)date, Span(arguments[0], "Round"))),
    };

    private static Method Read(Func<DateTimeOffset, object?> read) => new(0, (date, _) => read((DateTimeOffset)date));

    private static long SinceEpoch(DateTimeOffset date) => date.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    private static TimeZoneInfo Zone(object? value) =>
        value as TimeZoneInfo ?? throw new Fault($"In: expected a timezone(...), got {ValueKind.Name(value)}");

    private static TimeSpan Span(object? value, string method) =>
        value is TimeSpan span ? span : throw new Fault($"{method}: expected a duration(...), got {ValueKind.Name(value)}");

    private static DateTimeOffset Date(object? value, string method) =>
        value is DateTimeOffset date ? date : throw new Fault($"{method}: expected a date, got {ValueKind.Name(value)}");
}
