namespace Waybill.Domain.Stacks;

/// <summary>A PKO Stack as one read of the cluster showed it: the fields that Waybill's decisions need.</summary>
public sealed record StackSnapshot
{
    public required StackReference Reference { get; init; }

    /// <summary>The version to patch against.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>Grows by one with every change of the spec.</summary>
    public required long Generation { get; init; }

    public bool IsBeingDeleted { get; init; }

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Which commit the spec asks for; null when it follows a branch or another source.</summary>
    public string? Commit { get; init; }

    public string? Branch { get; init; }

    /// <summary>Whether the Stack only ever previews.</summary>
    public bool Preview { get; init; }

    /// <summary>The repository of the program; null for Flux and Program sources.</summary>
    public string? ProjectRepo { get; init; }

    /// <summary>The Pulumi stack: <c>organization/project/stack</c>.</summary>
    public string? PulumiStack { get; init; }

    /// <summary>The generation that the operator last looked at; 0 before it ever did.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>The request annotation that the operator last looked at.</summary>
    public string? ObservedReconcileRequest { get; init; }

    public StackLastUpdate? LastUpdate { get; init; }

    public StackCurrentUpdate? CurrentUpdate { get; init; }

    public StackCondition? Ready { get; init; }

    public StackCondition? Reconciling { get; init; }

    public StackCondition? Stalled { get; init; }

    /// <summary>The request annotation that the Stack carries now.</summary>
    public string? ReconcileRequest => Annotations.GetValueOrDefault(StackAnnotations.ReconciliationRequest);
}

/// <summary>The run that ended last, as <c>status.lastUpdate</c> tells it.</summary>
public sealed record StackLastUpdate
{
    public long Generation { get; init; }

    public string? ReconcileRequest { get; init; }

    public string? Name { get; init; }

    /// <summary><c>up</c>, <c>preview</c>, <c>destroy</c> or <c>refresh</c>.</summary>
    public string? Type { get; init; }

    /// <summary><c>succeeded</c> or <c>failed</c>.</summary>
    public string? State { get; init; }

    public string? Message { get; init; }

    public string? LastAttemptedCommit { get; init; }

    /// <summary>Set by previews too: look at <see cref="Type"/>.</summary>
    public string? LastSuccessfulCommit { get; init; }

    /// <summary>The run in Pulumi Cloud; empty when it failed.</summary>
    public string? Permalink { get; init; }

    public int Failures { get; init; }

    public bool IsSuccess => State is "succeeded";
}

/// <summary>The run under way, as <c>status.currentUpdate</c> tells it.</summary>
public sealed record StackCurrentUpdate(long Generation, string? Name, string? Commit);

/// <summary>A condition of a Kubernetes object.</summary>
public sealed record StackCondition(bool IsTrue, string Reason, string Message);

/// <summary>A Workspace of the operator, as far as a waiting promotion needs to know it.</summary>
/// <param name="Generation">Its generation.</param>
/// <param name="StalledObservedGeneration">The generation that its Stalled condition is about; null when not stalled.</param>
/// <param name="Ready">Its Ready condition.</param>
/// <param name="Stalled">Its Stalled condition.</param>
public sealed record WorkspaceSnapshot(long Generation, long? StalledObservedGeneration, StackCondition? Ready, StackCondition? Stalled);

/// <summary>An Update of the operator, as far as a waiting promotion needs to know it.</summary>
/// <param name="IsComplete">Whether its Complete condition is true.</param>
/// <param name="IsFailed">Whether its Failed condition is true.</param>
/// <param name="Message">What it says of itself.</param>
public sealed record UpdateSnapshot(bool IsComplete, bool IsFailed, string Message);

/// <summary>The annotations that Waybill reads and writes on Stacks.</summary>
public static class StackAnnotations
{
    /// <summary>PKO's: a new value asks for a run; the run reports it back.</summary>
    public const string ReconciliationRequest = "pulumi.com/reconciliation-request";

    /// <summary>Ours: the stages that may patch the Stack, <c>project:stage[,project:stage]</c>.</summary>
    public const string AuthorizedStage = "waybill.dev/authorized-stage";

    /// <summary>Whether an annotation's value names a stage. Patterns are not understood, on purpose.</summary>
    public static bool Authorizes(string? value, string project, string stage) =>
        value is not null && value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains($"{project}:{stage}");
}
