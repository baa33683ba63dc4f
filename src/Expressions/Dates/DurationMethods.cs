using Waybill.Expressions.Values;

namespace Waybill.Expressions.Dates;

/// <summary>Methods of durations, those of Go's time.Duration.</summary>
internal static class DurationMethods
{
    public static readonly Dictionary<string, Method> All = new(StringComparer.Ordinal)
    {
        ["Hours"] = Read(span => span.TotalHours),
        ["Minutes"] = Read(span => span.TotalMinutes),
        ["Seconds"] = Read(span => span.TotalSeconds),
        ["Milliseconds"] = Read(span => Boxed.Of(span.Ticks / TimeSpan.TicksPerMillisecond)),
        ["Microseconds"] = Read(span => Boxed.Of(span.Ticks / TimeSpan.TicksPerMicrosecond)),
        ["Nanoseconds"] = Read(span => Boxed.Of(Durations.Nanoseconds(span))),
        ["Abs"] = Read(span => span < TimeSpan.Zero ? new TimeSpan(unchecked(-span.Ticks)) : span),
        ["String"] = Read(Durations.Text),
        ["Truncate"] = new(1, (span, arguments) => Truncate((TimeSpan)span, Unit(arguments[0], "Truncate"))),
        ["Round"] = new(1, (span, arguments) => Round((TimeSpan)span, Unit(arguments[0], "Round"))),
    };

    private static Method Read(Func<TimeSpan, object?> read) => new(0, (span, _) => read((TimeSpan)span));

    private static TimeSpan Unit(object? value, string method) =>
        value is TimeSpan unit ? unit : throw new Fault($"{method}: expected a duration(...), got {ValueKind.Name(value)}");

    private static TimeSpan Truncate(TimeSpan span, TimeSpan unit) =>
        unit <= TimeSpan.Zero ? span : new TimeSpan(span.Ticks - span.Ticks % unit.Ticks);

    // Halfway is away from zero.
    private static TimeSpan Round(TimeSpan span, TimeSpan unit)
    {
        if (unit <= TimeSpan.Zero || span == TimeSpan.MinValue)
        {
            return span;
        }

        var past = Math.Abs(span.Ticks % unit.Ticks);
        var down = Math.Abs(span.Ticks) - past;

        return new TimeSpan(Math.Sign(span.Ticks) * (past < unit.Ticks - past ? down : down + unit.Ticks));
    }
}
