using Waybill.Domain.Promotions;

namespace Waybill.Domain.Analysis;

/// <summary>One run of an <see cref="AnalysisPlan"/>: every measurement taken, and what they came to. <see cref="AnalysisDecider"/> says what is next.</summary>
public sealed record AnalysisRun
{
    private const int KeptOfEarlierRuns = 5;

    /// <summary><c>stage.ulid.freight</c>, as Kargo names them.</summary>
    public required string Name { get; init; }

    /// <summary>Who asked for it: a person, or <c>waybill</c>.</summary>
    public required string Actor { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ends though its metrics do not.</summary>
    public required DateTimeOffset Deadline { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public VerificationPhase Phase { get; init; } = VerificationPhase.Running;

    /// <summary>Why it is in this phase, as a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>The arguments as they were when it started, secrets as references.</summary>
    public IReadOnlyList<AnalysisArgument> Arguments { get; init; } = [];

    /// <summary>
    /// Whether it was known at the start that the deployment was over, so that an initial delay had nothing to wait for. What does
    /// not succeed before the delay is over does not count then: what is measured may lag behind.
    /// </summary>
    public bool IsEndKnown { get; init; }

    /// <summary>One for each metric that was measured.</summary>
    public IReadOnlyList<MetricResult> Results { get; init; } = [];

    /// <summary>As an earlier run is kept beside newer ones: with the last few measurements of each metric.</summary>
    public AnalysisRun Shortened() => this with { Results = [.. Results.Select(r => r with { Measurements = [.. r.Measurements.TakeLast(KeptOfEarlierRuns)] })] };

    public MetricResult? ResultOf(string metric) => Results.FirstOrDefault(r => r.Name == metric);
}

/// <summary>What a metric came to in a run.</summary>
public sealed record MetricResult
{
    public required string Name { get; init; }

    public VerificationPhase Phase { get; init; } = VerificationPhase.Running;

    /// <summary>What the last measurement said.</summary>
    public string Message { get; init; } = "";

    public bool IsDryRun { get; init; }

    /// <summary>The last measurements, oldest first; the counts are about all.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Measurements that came about.</summary>
    public int Count { get; init; }

    public int Successful { get; init; }

    public int Failed { get; init; }

    public int Inconclusive { get; init; }

    public int Errors { get; init; }

    public int ConsecutiveErrors { get; init; }

    public int ConsecutiveSuccesses { get; init; }

    public Measurement? Last => Measurements.Count == 0 ? null : Measurements[^1];
}

/// <summary>One look at a metric.</summary>
public sealed record Measurement
{
    /// <summary>Longer values are cut where everybody can see it; conditions saw the whole.</summary>
    public const int MaxValueLength = 400;

    public const int MaxMessageLength = 400;

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it is under way, as a Job is.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public required VerificationPhase Phase { get; init; }

    /// <summary>What was measured, as JSON, masked and cut; null when nothing was.</summary>
    public string? Value { get; init; }

    public string Message { get; init; } = "";

    /// <summary>Whether it was taken before the initial delay was over and did not succeed: then it does not count.</summary>
    public bool IsEarly { get; init; }

    /// <summary>When one that is under way was looked at last; null before and after.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>What is under way, for whoever looks at it again: a Job's name.</summary>
    public string? Handle { get; init; }
}
