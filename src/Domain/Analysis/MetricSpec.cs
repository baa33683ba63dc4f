namespace Waybill.Domain.Analysis;

/// <summary>A metric of an AnalysisTemplate: what to measure, how often, and what to make of it. Fields and defaults are Argo Rollouts'.</summary>
public sealed record MetricSpec
{
    public required string Name { get; init; }

    /// <summary>How long to wait before the first measurement.</summary>
    public TimeSpan InitialDelay { get; init; }

    /// <summary>The pause between measurements; null when one is enough.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How many measurements to take; zero when it is not said.</summary>
    public int Count { get; init; }

    /// <summary>An expression over <c>result</c>; null when any answer will do.</summary>
    public string? SuccessCondition { get; init; }

    public string? FailureCondition { get; init; }

    /// <summary>How many measurements may fail; -1 for any number.</summary>
    public int FailureLimit { get; init; }

    /// <summary>How many measurements may be neither success nor failure.</summary>
    public int InconclusiveLimit { get; init; }

    /// <summary>How many measurements in a row may not come about.</summary>
    public int ConsecutiveErrorLimit { get; init; } = 4;

    /// <summary>How many successes in a row are enough; zero when only <see cref="Count"/> decides.</summary>
    public int ConsecutiveSuccessLimit { get; init; }

    /// <summary>Whether it is measured for people to look at, and decides nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>How many measurements to keep; null for the default.</summary>
    public int? Retention { get; init; }

    public required MetricProvider Provider { get; init; }

    /// <summary>
    /// Fields of the schedule that are arguments, as they stand in the template, by field: <c>count</c> to <c>{{args.count}}</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Deferred { get; init; } = new Dictionary<string, string>();

    /// <summary>After how many measurements it is over; null when it goes on until it is stopped.</summary>
    public int? EffectiveCount => Count > 0 ? Count : Interval is null ? 1 : null;
}
