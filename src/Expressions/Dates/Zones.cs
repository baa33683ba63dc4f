namespace Waybill.Expressions.Dates;

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    private const int LongestName = 64;

    public static TimeZoneInfo Find(string name)
    {
        if (name is "" or "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        // "Local" would make the result depend on the machine that happens to evaluate.
        if (name is not "Local"
            && name.Length <= LongestName
            && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        throw new Fault($"unknown time zone {(name.Length <= LongestName ? name : name[..LongestName])}");
    }

    /// <summary>The zone of a date, of which only the offset is known.</summary>
    public static TimeZoneInfo Of(DateTimeOffset date)
    {
        if (date.Offset == TimeSpan.Zero)
        {
            return TimeZoneInfo.Utc;
        }

        var name = DateFormatter.Format(date, Layout.Of("-07:00"));

        return TimeZoneInfo.CreateCustomTimeZone(name, date.Offset, name, name);
    }
}
