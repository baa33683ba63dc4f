namespace Waybill.Domain.PulumiCloud;

/// <summary>One operation on a stack, as Pulumi Cloud recorded it.</summary>
public sealed record CloudRun
{
    /// <summary><c>update</c>, <c>refresh</c>, <c>destroy</c>, …; a preview of one has a <c>P</c> before it.</summary>
    public required string Kind { get; init; }

    /// <summary><c>not-started</c>, <c>in-progress</c>, <c>succeeded</c> or <c>failed</c>.</summary>
    public required string Result { get; init; }

    /// <summary>The stack's version that it made.</summary>
    public int? Version { get; init; }

    /// <summary>Its UUID; null where the answer does not tell.</summary>
    public string? Id { get; init; }

    /// <summary>The commit that it ran; null for programs that do not come out of Git.</summary>
    public string? Commit { get; init; }

    /// <summary>Why it was run, in the words of whoever ran it.</summary>
    public string Message { get; init; } = "";

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it did to resources; null when the record does not tell.</summary>
    public ResourceChanges? Changes { get; init; }
}
