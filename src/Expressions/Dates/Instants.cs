using System.Globalization;

namespace Waybill.Expressions.Dates;

/// <summary>Dates: shifting them, and their texts as Go writes them.</summary>
internal static class Instants
{
    public static DateTimeOffset Shift(DateTimeOffset date, TimeSpan span)
    {
        try
        {
            return date + span;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new Fault("the date leaves the years 1 to 9999");
        }
    }

    /// <summary>As JSON has it: RFC 3339 with as many digits of a second as there are.</summary>
    public static string Rfc3339(DateTimeOffset date)
    {
        var zone = date.Offset == TimeSpan.Zero ? "'Z'" : "zzz";

        return date.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF" + zone, CultureInfo.InvariantCulture);
    }

    /// <summary>As <c>string(date)</c> prints it, such as <c>2023-08-14 00:00:00 +0000 UTC</c>.</summary>
    public static string Text(DateTimeOffset date) =>
        DateFormatter.Format(date, Layout.Of("2006-01-02 15:04:05.9999999 -0700 MST"));

    /// <summary>Calendar arithmetic as Go's AddDate: a day past the month's end runs into the next month.</summary>
    public static DateTimeOffset AddDate(DateTimeOffset date, long years, long months, long days)
    {
        try
        {
            var month = checked((date.Year + years) * 12 + date.Month - 1 + months);
            var first = new DateTime(checked((int)Math.DivRem(month, 12, out var remainder)), (int)remainder + 1, 1);

            return new DateTimeOffset(first.AddDays(checked(date.Day - 1 + days)) + date.TimeOfDay, date.Offset);
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or OverflowException)
        {
            throw new Fault("AddDate: the date leaves the years 1 to 9999");
        }
    }

    /// <summary>The multiple of a span since the year 1 below a date; a span that is not positive leaves it.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset date, TimeSpan span) =>
        span <= TimeSpan.Zero ? date : Shift(date, new TimeSpan(-(date.UtcTicks % span.Ticks)));

    /// <summary>The nearest multiple, the later one when halfway.</summary>
    public static DateTimeOffset Round(DateTimeOffset date, TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
        {
            return date;
        }

        var past = date.UtcTicks % span.Ticks;

        return Shift(date, new TimeSpan(past < span.Ticks - past ? -past : span.Ticks - past));
    }
}
