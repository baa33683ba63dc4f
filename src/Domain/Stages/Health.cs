namespace Waybill.Domain.Stages;

/// <summary>How well something runs, from best to worst: the worst of a stage's checks is the stage's health.</summary>
public enum HealthState
{
    /// <summary>Runs what was promoted, and the last run succeeded.</summary>
    Healthy,

    /// <summary>Nothing to judge.</summary>
    NotApplicable,

    /// <summary>On its way.</summary>
    Progressing,

    /// <summary>Could not be told: never observed, unreachable, or only a stale status is there.</summary>
    Unknown,

    /// <summary>Failed, gone, or running something else than was promoted.</summary>
    Unhealthy,
}

/// <summary>A stage's health as last observed.</summary>
/// <param name="State">The worst of its checks.</param>
/// <param name="Issues">One line for each check that is not healthy, naming what was looked at and what was seen.</param>
/// <param name="ObservedAt">When; null before the first observation.</param>
public sealed record StageHealth(HealthState State, IReadOnlyList<string> Issues, DateTimeOffset? ObservedAt)
{
    public static StageHealth NeverObserved { get; } = new(HealthState.Unknown, ["Nothing was promoted here yet."], null);

    public bool IsDrifted { get; init; }

    /// <summary>Whether a run of what was promoted failed, and nobody will try it again.</summary>
    public bool HasFailedRun { get; init; }

    /// <summary>The worst of several findings; no findings at all are healthy, as in Kargo.</summary>
    public static StageHealth Worst(IReadOnlyList<HealthFinding> findings, DateTimeOffset now) => new(
        findings.Count == 0 ? HealthState.Healthy : findings.Max(f => f.State),
        [.. findings.Where(f => f.State is not (HealthState.Healthy or HealthState.NotApplicable)).Select(f => f.Message)],
        now)
    {
        IsDrifted = findings.Any(f => f.IsDrift),
        HasFailedRun = findings.Any(f => f.IsFailedRun),
    };
}

/// <summary>What one health check found.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Message">What was looked at and what was seen.</param>
/// <param name="IsDrift">Whether it runs another commit than was promoted.</param>
/// <param name="IsFailedRun">Whether its run of what was promoted failed for good.</param>
public sealed record HealthFinding(HealthState State, string Message, bool IsDrift = false, bool IsFailedRun = false);
