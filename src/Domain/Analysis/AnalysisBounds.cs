namespace Waybill.Domain.Analysis;

/// <summary>How long a run may take.</summary>
public static class AnalysisBounds
{
    /// <summary>
    /// Twice what its metrics take without errors, and the stage's verification timeout for the errors in between. What has an
    /// interval and no count would never end by itself: it has its initial delay and the timeout.
    /// </summary>
    public static TimeSpan Longest(IReadOnlyList<MetricSpec> metrics, TimeSpan timeout)
    {
        var longest = metrics.Max(m => m.InitialDelay.TotalSeconds + (2 * (m.EffectiveCount ?? 0) * (m.Interval ?? TimeSpan.Zero).TotalSeconds));
        return TimeSpan.FromSeconds(Math.Min(longest, TimeSpan.FromDays(30).TotalSeconds)) + timeout;
    }
}
