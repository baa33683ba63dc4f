using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster;

/// <summary>A run that the simulated operator is about to do.</summary>
/// <param name="Namespace">The Stack's namespace.</param>
/// <param name="Stack">The Stack's name.</param>
/// <param name="Spec">A copy of the Stack's spec.</param>
/// <param name="Commit">The commit to run; a branch's name when the Stack follows one.</param>
/// <param name="Attempt">1 for the first run of a request, more for the operator's own retries.</param>
public sealed record SimulatedRun(string Namespace, string Stack, JsonObject Spec, string Commit, int Attempt);

/// <summary>What the simulated operator makes of a run.</summary>
public sealed record RunPlan
{
    /// <summary>How long the run takes.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The error that it ends with; null when it succeeds.</summary>
    public string? FailsWith { get; init; }

    /// <summary>How long the operator takes to notice the request: until then the status is stale.</summary>
    public TimeSpan ObservesAfter { get; init; }

    /// <summary>How long the source can't be reached.</summary>
    public TimeSpan SourceUnavailableFor { get; init; }

    /// <summary>What becomes of the workspace.</summary>
    public WorkspaceOutcome Workspace { get; init; }

    /// <summary>How long the workspace takes to get there.</summary>
    public TimeSpan WorkspaceAfter { get; init; }

    /// <summary>How the operator gets stuck on the run, if it does (PKO issue 1292).</summary>
    public Wedge Wedge { get; init; }

    /// <summary>Whether a dependant's demand overwrites the request annotation with <c>after-UPDATE</c> while the run is under way.</summary>
    public bool OverwritesRequest { get; init; }

    /// <summary>What the run does to resources, in Pulumi's words (<c>create</c>, <c>update</c>, <c>delete</c>, <c>replace</c>, <c>same</c>).</summary>
    public IReadOnlyDictionary<string, int> ResourceChanges { get; init; } = new Dictionary<string, int> { ["same"] = 1 };

    /// <summary>How Pulumi's backend says that it ended; null when as the operator does. The operator can take a broken run for a success.</summary>
    public string? BackendResult { get; init; }

    /// <summary>A run that never ends (PKO issue 1293).</summary>
    public static RunPlan NeverEnds { get; } = new() { Duration = TimeSpan.MaxValue };
}

/// <summary>What becomes of a workspace.</summary>
public enum WorkspaceOutcome
{
    Ready,

    /// <summary>It never gets ready: the commit does not exist, or Git refuses the credentials. The operator waits for ever.</summary>
    NeverReady,

    /// <summary>Its installation fails, and it stalls.</summary>
    Failed,
}

/// <summary>How the operator gets stuck.</summary>
public enum Wedge
{
    None,

    /// <summary>The current Update was never created, or is gone.</summary>
    UpdateVanishes,

    /// <summary>The current Update is complete and the operator does not notice.</summary>
    UpdateIsIgnored,
}

/// <summary>What happens in the simulated cluster: a plan for every run. Safe to change while the operator works.</summary>
public sealed class OperatorScript
{
    private readonly ConcurrentDictionary<string, RunPlan> _byCommit = new(StringComparer.Ordinal);

    /// <summary>The plan for runs that nothing else is planned for.</summary>
    public RunPlan Default { get; set; } = new();

    /// <summary>Decides by the run itself, before anything else; null leaves it to the commit's plan or the default.</summary>
    public Func<SimulatedRun, RunPlan?>? Decide { get; set; }

    /// <summary>What the operator's own waits between retries (10, 30 and 90 s) are multiplied by.</summary>
    public double RetryFactor { get; set; } = 1;

    /// <summary>Plans the runs of one commit, on every Stack.</summary>
    public void Plan(string commit, RunPlan plan) => _byCommit[commit] = plan;

    internal RunPlan PlanFor(SimulatedRun run) => Decide?.Invoke(run) ?? _byCommit.GetValueOrDefault(run.Commit) ?? Default;
}
