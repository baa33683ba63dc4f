using Waybill.Domain.Promotions;

namespace Waybill.Domain.Analysis;

/// <summary>Every change a run's record can undergo.</summary>
public static class AnalysisTransitions
{
    /// <summary>How many measurements of a metric are kept when its template does not say.</summary>
    public const int DefaultRetention = 50;

    /// <summary>How many measurements of all metrics a run keeps, so that the promotion's record fits the store.</summary>
    public const int MaxKept = 200;

    // As in Argo Rollouts, from best to worst.
    private static readonly VerificationPhase[] FromBestToWorst =
        [VerificationPhase.Successful, VerificationPhase.Running, VerificationPhase.Pending, VerificationPhase.Inconclusive, VerificationPhase.Error, VerificationPhase.Failed];

    /// <summary>Takes measurements down, and says what the run comes to with them.</summary>
    public static AnalysisRun Record(
        this AnalysisRun run, IReadOnlyList<MetricSpec> metrics, IReadOnlyDictionary<string, Measurement> measurements, DateTimeOffset now)
    {
        var results = metrics
            .Select(m => measurements.TryGetValue(m.Name, out var taken) ? Add(m, run, taken, MaxKept / metrics.Count) : run.ResultOf(m.Name))
            .OfType<MetricResult>()
            .ToList();
        var recorded = (run with { Results = results }).Assess(metrics, isTerminating: false, now);
        if (!recorded.Phase.IsTerminal() && recorded.Results.Any(r => !r.IsDryRun && r.Phase.IsTerminal() && r.Phase is not VerificationPhase.Successful))
        {
            // One metric has settled it: the others are not waited for.
            recorded = recorded.Stop(now).Assess(metrics, isTerminating: true, now);
        }

        return !recorded.Phase.IsTerminal() && now >= run.Deadline ? recorded.EndAtDeadline(metrics, now) : recorded;
    }

    /// <summary>Ends it with a verdict that its metrics did not give.</summary>
    public static AnalysisRun End(this AnalysisRun run, VerificationPhase phase, string message, DateTimeOffset now) =>
        run.Stop(now) with { Phase = phase, Message = message, FinishedAt = now };

    /// <summary>Whether a look only found again what was found before, which is not worth a write.</summary>
    public static bool IsOnlyLater(this AnalysisRun after, AnalysisRun before) =>
        after.Phase == before.Phase && after.Results.Count == before.Results.Count
        && after.Results.Zip(before.Results).All(pair => IsOnlyLater(pair.First, pair.Second));

    private static bool IsOnlyLater(MetricResult after, MetricResult before) =>
        ReferenceEquals(after.Measurements, before.Measurements) || after.Measurements.SequenceEqual(before.Measurements)
        || (after.Last is { } now && before.Last is { } then
            && (now, then) is ({ IsEarly: true }, { IsEarly: true }) or ({ FinishedAt: null }, { FinishedAt: null })
            && (now.Phase, now.Value, now.Message, now.Handle) == (then.Phase, then.Value, then.Message, then.Handle));

    private static MetricResult Add(MetricSpec metric, AnalysisRun run, Measurement taken, int share)
    {
        var before = run.ResultOf(metric.Name) ?? new MetricResult { Name = metric.Name, IsDryRun = metric.IsDryRun };
        var isFinished = taken.FinishedAt is not null;
        var isEarly = isFinished && run.IsEndKnown && taken.Phase is not VerificationPhase.Successful && taken.StartedAt < run.StartedAt + metric.InitialDelay;
        var measurement = taken with { IsEarly = isEarly };

        // What is under way and what came too early is taken the place of: only the latest says anything.
        var kept = before.Last is { FinishedAt: null } or { IsEarly: true } ? before.Measurements.SkipLast(1) : before.Measurements;
        var after = before with
        {
            Measurements = [.. kept.Append(measurement).TakeLast(Math.Min(metric.Retention ?? DefaultRetention, share))],
            Message = measurement.Message,
        };
        return isFinished && !isEarly ? Count(after, measurement.Phase) : after;
    }

    private static MetricResult Count(MetricResult result, VerificationPhase phase) => phase switch
    {
        VerificationPhase.Successful => result with
        {
            Count = result.Count + 1,
            Successful = result.Successful + 1,
            ConsecutiveErrors = 0,
            ConsecutiveSuccesses = result.ConsecutiveSuccesses + 1,
        },
        VerificationPhase.Failed => result with { Count = result.Count + 1, Failed = result.Failed + 1, ConsecutiveErrors = 0, ConsecutiveSuccesses = 0 },
        VerificationPhase.Inconclusive => result with { Count = result.Count + 1, Inconclusive = result.Inconclusive + 1, ConsecutiveErrors = 0, ConsecutiveSuccesses = 0 },
        _ => result with { Errors = result.Errors + 1, ConsecutiveErrors = result.ConsecutiveErrors + 1, ConsecutiveSuccesses = 0 },
    };

    private static AnalysisRun Assess(this AnalysisRun run, IReadOnlyList<MetricSpec> metrics, bool isTerminating, DateTimeOffset now)
    {
        var specs = metrics.ToDictionary(m => m.Name);
        var assessed = run with { Results = [.. run.Results.Select(r => r with { Phase = MetricAssessment.Assess(specs[r.Name], r, isTerminating) })] };
        var isOver = isTerminating || (assessed.Results.Count == metrics.Count && assessed.Results.All(r => r.Phase.IsTerminal()));
        return isOver ? assessed.Conclude(specs, now) : assessed;
    }

    private static AnalysisRun Conclude(this AnalysisRun run, Dictionary<string, MetricSpec> specs, DateTimeOffset now)
    {
        var worst = run.Results.Where(r => !r.IsDryRun).MaxBy(r => Array.IndexOf(FromBestToWorst, r.Phase));
        return run with { Phase = worst?.Phase ?? VerificationPhase.Successful, Message = worst is null ? "" : Explain(specs[worst.Name], worst), FinishedAt = now };
    }

    private static string Explain(MetricSpec metric, MetricResult result)
    {
        if (result.Phase is VerificationPhase.Successful)
        {
            return "";
        }

        var reason = MetricAssessment.BreachedLimit(metric, result) is { } breached
            ? breached.Message
            : $"fewer than consecutiveSuccessLimit ({metric.ConsecutiveSuccessLimit}) successes in a row";
        return $"Metric {metric.Name} is {result.Phase}: {reason}.{(result.Message.Length > 0 ? $" {result.Message}" : "")}";
    }

    private static AnalysisRun Stop(this AnalysisRun run, DateTimeOffset now) => run with
    {
        Results = [.. run.Results.Select(r => r.Last is { FinishedAt: null } last ? r with { Measurements = [.. r.Measurements.SkipLast(1), Stopped(last, now)] } : r)],
    };

    private static Measurement Stopped(Measurement measurement, DateTimeOffset now) =>
        measurement with { Phase = VerificationPhase.Successful, FinishedAt = now, LookedAt = null, Message = "Not waited for." };

    /// <summary>A metric with an interval and no count goes on until it is stopped; stopped without a failure it is successful, as in Argo Rollouts.</summary>
    private static AnalysisRun EndAtDeadline(this AnalysisRun run, IReadOnlyList<MetricSpec> metrics, DateTimeOffset now)
    {
        var isAllEndless = metrics.All(m => m.IsDryRun
            || run.ResultOf(m.Name) is { } r && (r.Phase is VerificationPhase.Successful || (m.EffectiveCount is null && r.Successful > 0)));
        var waited = GoDuration.Format(now - run.StartedAt);
        return isAllEndless
            ? run.Stop(now).Assess(metrics, isTerminating: true, now) with { Message = $"Measured without a count for {waited}, then ended by the stage's verification timeout." }
            : run.End(VerificationPhase.Inconclusive, $"Not over after {waited}.", now);
    }
}
