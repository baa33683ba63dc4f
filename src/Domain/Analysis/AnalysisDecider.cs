using Waybill.Domain.Promotions;

namespace Waybill.Domain.Analysis;

/// <summary>Says which metrics of a run to measure when: a pure function of the run and the time.</summary>
public static class AnalysisDecider
{
    /// <summary>The pause after a measurement that did not come about, whatever the interval.</summary>
    public static readonly TimeSpan ErrorRetry = TimeSpan.FromSeconds(10);

    /// <summary>The metrics to measure now, those under way included.</summary>
    public static IReadOnlyList<MetricSpec> Due(IReadOnlyList<MetricSpec> metrics, AnalysisRun run, DateTimeOffset now) =>
        run.Phase.IsTerminal() ? [] : [.. metrics.Where(m => DueAt(m, run) is { } at && at <= now)];

    /// <summary>When the next measurement is due; the deadline when none is.</summary>
    public static DateTimeOffset NextAt(IReadOnlyList<MetricSpec> metrics, AnalysisRun run) =>
        metrics.Select(m => DueAt(m, run)).Append(run.Deadline).Min()!.Value;

    /// <summary>When a metric is to be measured next; null when it is over.</summary>
    public static DateTimeOffset? DueAt(MetricSpec metric, AnalysisRun run)
    {
        var result = run.ResultOf(metric.Name);
        if (result is { Phase: var phase } && phase.IsTerminal())
        {
            return null;
        }

        return result?.Last switch
        {
            null => run.IsEndKnown ? run.StartedAt : run.StartedAt + metric.InitialDelay,
            { FinishedAt: null } last => (last.LookedAt ?? last.StartedAt) + PollSchedule.After((last.LookedAt ?? last.StartedAt) - last.StartedAt),
            { IsEarly: true, FinishedAt: { } finished } => Min(finished + PollSchedule.After(finished - run.StartedAt), run.StartedAt + metric.InitialDelay),
            { Phase: VerificationPhase.Error, FinishedAt: { } finished } => finished + ErrorRetry,
            { FinishedAt: { } finished } => finished + Max(metric.Interval ?? ErrorRetry, PollSchedule.Shortest),
        };
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
