namespace Waybill.Domain.Auditing;

/// <summary>One thing that happened, who did it and why. Written in the same transaction as the change, never changed, never removed.</summary>
public sealed record AuditEntry
{
    /// <summary>A ULID: sorts by time.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>Who: a person's name, or what in Waybill acted (<c>auto-promotion</c>, <c>github:octocat</c>).</summary>
    public required string Actor { get; init; }

    public string? Stage { get; init; }

    public string? Freight { get; init; }

    public string? Promotion { get; init; }

    /// <summary>What happened, as a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The person's own words, where they gave any.</summary>
    public string? Reason { get; init; }
}

/// <summary>The kinds of things the audit records. Names are stored: add, never rename.</summary>
public enum AuditAction
{
    FreightCreated,
    FreightApproved,
    FreightVerified,
    VerificationFailed,
    VerificationRevoked,
    PromotionCreated,
    PromotionStarted,
    PromotionSucceeded,
    PromotionFailed,
    PromotionErrored,
    PromotionAborted,
    AbortRequested,
    ApprovalRequested,
    ApprovalGranted,
    ApprovalRejected,
    ApprovalTimedOut,
    HoldSet,
    HoldCleared,
    PipelineChanged,
    VerificationRequested,
    VerificationAborted,
}
