namespace Waybill.Expressions.Values;

/// <summary>A number that also has a name, as a month or a weekday: compares as the number, prints as the name.</summary>
internal sealed record NamedNumber(string TypeName, long Value, string Name)
{
    public static NamedNumber Month(int month) =>
        new("time.Month", month, ((Dates.EnglishMonth)month).ToString());

    public static NamedNumber Weekday(DayOfWeek day) => new("time.Weekday", (long)day, day.ToString());
}
