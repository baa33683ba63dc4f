using System.Globalization;

namespace Waybill.Web.Pages;

/// <summary>Times in words. Ages are coarse on purpose: a page that shows seconds is never the same twice.</summary>
public static class Ages
{
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or how long until.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now) =>
        at > now ? (at - now < TimeSpan.FromMinutes(1) ? "in a moment" : $"in {Coarse(at - now)}")
        : now - at < TimeSpan.FromMinutes(1) ? "just now"
        : $"{Coarse(now - at)} ago";

    /// <summary>An exact duration, for what is over: <c>850 ms</c>, <c>12.3 s</c>, <c>4 min 5 s</c>, <c>2 h 3 min</c>.</summary>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => $"{Math.Max(0, duration.TotalMilliseconds):0} ms",
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => $"{duration.Minutes} min {duration.Seconds} s",
        { TotalDays: < 1 } => $"{duration.Hours} h {duration.Minutes} min",
        _ => $"{duration.Days} d {duration.Hours} h",
    };

    private static string Coarse(TimeSpan span) => span switch
    {
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes} min",
        { TotalDays: < 2 } => $"{(int)span.TotalHours} h",
        _ => $"{(int)span.TotalDays} days",
    };
}
