using System.Collections.Concurrent;

namespace Waybill.Simulation.ArgoCd;

/// <summary>What the simulated Argo CD makes of an Application.</summary>
public sealed record ApplicationPlan
{
    /// <summary>How long a sync takes.</summary>
    public TimeSpan SyncDuration { get; init; }

    /// <summary>The error that every sync ends with; null when it succeeds.</summary>
    public string? SyncFailsWith { get; init; }

    /// <summary>Whether operations go on for ever.</summary>
    public bool SyncNeverEnds { get; init; }

    /// <summary>Whether a sync window holds every operation back: it counts as running, and nothing happens.</summary>
    public bool IsBlockedByWindow { get; init; }

    /// <summary>Why manifests can't be compared, whatever the repository holds; null to compare.</summary>
    public string? ComparisonError { get; init; }

    /// <summary>Whether sync status and health are never worked out again: they stay as they were before the last operation.</summary>
    public bool IsStale { get; init; }

    /// <summary>The health to report whatever the Stacks say: Healthy, Progressing, Degraded, Suspended, Missing or Unknown.</summary>
    public string? Health { get; init; }

    /// <summary>Whether the installation has no health check for Stacks, as Argo CD up to 3.5 has none: then only a missing one is noticed.</summary>
    public bool IgnoresStackHealth { get; init; }
}

/// <summary>What happens in the simulated Argo CD: a plan for every Application. Safe to change while it works.</summary>
public sealed class ArgoCdScript
{
    private readonly ConcurrentDictionary<string, ApplicationPlan> _byName = new(StringComparer.Ordinal);

    /// <summary>The plan for Applications that nothing else is planned for.</summary>
    public ApplicationPlan Default { get; set; } = new();

    /// <summary>How long after one look at Git the next is due; Argo CD's own is 120 s and some more.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a self-healing Application waits after a sync before it undoes the next change.</summary>
    public TimeSpan SelfHealAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Plans one Application.</summary>
    public void Plan(string application, ApplicationPlan plan) => _byName[application] = plan;

    internal ApplicationPlan PlanFor(string application) => _byName.GetValueOrDefault(application) ?? Default;
}
