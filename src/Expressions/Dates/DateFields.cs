namespace Waybill.Expressions.Dates;

/// <summary>What a text said of a date; what it left out is the first of its kind.</summary>
internal sealed class DateFields
{
    private static readonly TimeSpan FurthestOffset = TimeSpan.FromHours(14);

    // Go's default year is 0, which no DateTimeOffset has: a time of day alone is in the year 1 here.
    public int Year { get; set; } = 1;

    public int? Month { get; set; }

    public int? Day { get; set; }

    public int? YearDay { get; set; }

    public int Hour { get; set; }

    public int Minute { get; set; }

    public int Second { get; set; }

    public long Ticks { get; set; }

    public bool? IsAfternoon { get; set; }

    public TimeSpan? Offset { get; set; }

    public string? ZoneName { get; set; }

    public DateTimeOffset? ToDate(TimeZoneInfo zone)
    {
        if (ToDay() is not { } day || Hour > 23 || Minute > 59 || Second > 59 || (IsAfternoon is not null && Hour > 12))
        {
            return null;
        }

        var local = day + new TimeSpan(ClockHour(), Minute, Second) + new TimeSpan(Ticks);
        var offset = Offset ?? NamedOffset() ?? zone.GetUtcOffset(local);

        return IsRepresentable(local, offset) ? new DateTimeOffset(local, offset) : null;
    }

    private DateTime? ToDay()
    {
        if (Year is < 1 or > 9999)
        {
            return null;
        }

        if (YearDay is { } yearDay)
        {
            return yearDay >= 1 && yearDay <= (DateTime.IsLeapYear(Year) ? 366 : 365)
                ? new DateTime(Year, 1, 1).AddDays(yearDay - 1)
                : null;
        }

        var (month, day) = (Month ?? 1, Day ?? 1);

        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month)
            ? new DateTime(Year, month, day)
            : null;
    }

    private int ClockHour() => IsAfternoon switch
    {
        true when Hour < 12 => Hour + 12,
        false when Hour == 12 => 0,
        _ => Hour,
    };

    // An abbreviation names no one zone; like Go, which does not know it, its clock is taken for UTC's.
    private TimeSpan? NamedOffset() => ZoneName is null ? null : TimeSpan.Zero;

    private static bool IsRepresentable(DateTime local, TimeSpan offset) =>
        offset.Duration() <= FurthestOffset
        && offset.Seconds == 0
        && local.Ticks - offset.Ticks >= DateTime.MinValue.Ticks
        && local.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks;
}
