namespace Waybill.Domain.Promotions;

/// <summary>When to look again at something that takes a while: soon at first, then a tenth of the time already waited, at most 10 s.</summary>
public static class PollSchedule
{
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The pause before the next look. A clock that jumped back counts as no wait at all.</summary>
    public static TimeSpan After(TimeSpan waited) => TimeSpan.FromTicks(Math.Clamp(waited.Ticks / 10, Shortest.Ticks, Longest.Ticks));

    /// <summary>The pause before trying again after errors in a row: 1, 2, 4, 8, then 10 s.</summary>
    public static TimeSpan AfterErrors(int errors) =>
        TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Clamp(errors - 1, 0, 10))));
}
