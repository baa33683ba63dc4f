using System.Text.Json.Nodes;

namespace Waybill.Domain.Promotions;

/// <summary>How far a step has come.</summary>
public sealed record StepState
{
    public StepPhase Phase { get; init; } = StepPhase.Pending;

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it is in this phase, as a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>What later steps see as <c>outputs.ALIAS</c>.</summary>
    public JsonObject? Output { get; init; }

    /// <summary>Errors in a row so far.</summary>
    public int ErrorCount { get; init; }

    /// <summary>What it waits for; null when it is to be run at once.</summary>
    public StepWait? Wait { get; init; }

    /// <summary>What the step remembers between runs, in its own shape.</summary>
    public JsonObject? Memory { get; init; }

    /// <summary>The approval it asks for; null for other steps.</summary>
    public ApprovalGate? Approval { get; init; }
}

/// <summary>What a running step waits for.</summary>
/// <param name="NextCheckAt">When to run it again though nothing woke it.</param>
/// <param name="Deadline">When it gives up.</param>
/// <param name="Since">When this was decided: a clock that shows less was set back, and the other times mean nothing.</param>
public sealed record StepWait(DateTimeOffset NextCheckAt, DateTimeOffset Deadline, DateTimeOffset Since)
{
    /// <summary>When somebody last said that what it waits for may be over; null when nobody did.</summary>
    public DateTimeOffset? HintedAt { get; init; }

    public bool IsDue(DateTimeOffset now) => now >= NextCheckAt || now >= Deadline || now < Since;
}
