using System.Text.Json.Nodes;

namespace Waybill.Domain.ArgoCd;

/// <summary>An Argo CD Application as one read of the cluster showed it: the fields that Waybill's decisions need.</summary>
public sealed record ApplicationSnapshot
{
    public required ApplicationReference Reference { get; init; }

    /// <summary>The version to patch against.</summary>
    public required string ResourceVersion { get; init; }

    public bool IsBeingDeleted { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Where its manifests come from: <c>spec.sources</c>, or the one <c>spec.source</c>.</summary>
    public IReadOnlyList<ApplicationSource> Sources { get; init; } = [];

    /// <summary>Whether the sources are in <c>spec.sources</c>.</summary>
    public bool HasSourceList { get; init; }

    /// <summary><c>spec.syncPolicy.syncOptions</c>: a sync that does not repeat them ignores them.</summary>
    public IReadOnlyList<string> SyncOptions { get; init; } = [];

    /// <summary><c>spec.syncPolicy.retry</c> as it stands; null when there is none.</summary>
    public JsonObject? Retry { get; init; }

    /// <summary>The operation that is asked for and not over; Argo CD takes it away when it is.</summary>
    public ApplicationOperation? Requested { get; init; }

    /// <summary>The operation under way, or the last one; null when there never was one, or a new request wiped it out.</summary>
    public ApplicationOperationState? LastOperation { get; init; }

    /// <summary><c>Synced</c>, <c>OutOfSync</c> or <c>Unknown</c>; null before Argo CD ever looked.</summary>
    public string? SyncStatus { get; init; }

    /// <summary>The revisions it was last compared with, one a source.</summary>
    public IReadOnlyList<string> SyncRevisions { get; init; } = [];

    /// <summary><c>Healthy</c>, <c>Progressing</c>, <c>Degraded</c>, <c>Suspended</c>, <c>Missing</c> or <c>Unknown</c>; null before Argo CD ever looked.</summary>
    public string? Health { get; init; }

    /// <summary>When sync status and health were last worked out.</summary>
    public DateTimeOffset? ReconciledAt { get; init; }

    public IReadOnlyList<ApplicationCondition> Conditions { get; init; } = [];

    /// <summary>The revisions that were deployed, oldest first, one list a deployment.</summary>
    public IReadOnlyList<IReadOnlyList<string>> History { get; init; } = [];

    /// <summary>The Stacks among the objects that it manages.</summary>
    public IReadOnlyList<ManagedStack> Stacks { get; init; } = [];

    /// <summary>
    /// Whether sync status and health are older than the last operation: Argo CD works them out in another loop, so for a
    /// moment they tell of before. A second that both share is not stale; the times have no fractions, and health comes after.
    /// </summary>
    public bool IsStale => LastOperation?.FinishedAt is { } finished && (ReconciledAt is not { } reconciled || reconciled < finished);

    /// <summary>Whether somebody asked Argo CD to look again and it has not yet.</summary>
    public bool IsRefreshAsked => Annotations.ContainsKey(ApplicationAnnotations.Refresh);

    /// <summary>The conditions that make everything else in the status worthless.</summary>
    public IEnumerable<ApplicationCondition> Errors => Conditions.Where(c => c.Type is "ComparisonError" or "InvalidSpecError");
}

/// <summary>One of an Application's sources.</summary>
/// <param name="RepoUrl">The repository, of Git or of Helm charts.</param>
/// <param name="Chart">The chart; null for Git.</param>
/// <param name="TargetRevision">The branch, tag, commit or version asked for; null for the default branch.</param>
/// <param name="Content">All of it as it stands, for patches that must repeat what they do not change.</param>
public sealed record ApplicationSource(string RepoUrl, string? Chart, string? TargetRevision, JsonObject Content);

/// <summary>An operation that somebody asked for.</summary>
/// <param name="Promotion">The promotion that it is marked with; null when it is nobody's promotion.</param>
/// <param name="InitiatedBy">Who asked, for people.</param>
public sealed record ApplicationOperation(string? Promotion, string InitiatedBy);

/// <summary>How far an operation has come.</summary>
/// <param name="Operation">Which.</param>
/// <param name="Phase"><c>Running</c>, <c>Terminating</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Error</c>.</param>
/// <param name="Message">What Argo CD says.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="Revisions">What it synced to, one a source; empty when it came to no result.</param>
public sealed record ApplicationOperationState(
    ApplicationOperation Operation, string Phase, string Message, DateTimeOffset? FinishedAt, IReadOnlyList<string> Revisions)
{
    public bool IsCompleted => Phase is "Succeeded" or "Failed" or "Error";
}

/// <summary>A condition of an Application.</summary>
public sealed record ApplicationCondition(string Type, string Message);

/// <summary>A Stack that an Application manages, in the cluster that the Application deploys to.</summary>
public sealed record ManagedStack(string Namespace, string Name);
