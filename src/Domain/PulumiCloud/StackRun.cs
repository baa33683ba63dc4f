using Waybill.Domain.Stacks;

namespace Waybill.Domain.PulumiCloud;

/// <summary>What became of a promotion's run on one Stack, and what Pulumi Cloud says of it. Kept on the promotion.</summary>
public sealed record StackRun
{
    /// <summary>What of a run's message is kept.</summary>
    public const int LongestMessage = 500;

    public required StackReference Stack { get; init; }

    /// <summary>The kind of run that was wanted: <c>up</c> or <c>preview</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether Pulumi Cloud bears the operator out.</summary>
    public required RunConfirmation Confirmation { get; init; }

    /// <summary>Why it does not, as a sentence; empty when it does.</summary>
    public string Note { get; init; } = "";

    /// <summary><c>organization/project/stack</c>.</summary>
    public string? PulumiStack { get; init; }

    /// <summary>Pulumi Cloud's word for what was run.</summary>
    public string? Kind { get; init; }

    /// <summary>Pulumi Cloud's word for how it ended.</summary>
    public string? Result { get; init; }

    /// <summary>The stack's version that it made.</summary>
    public int? Version { get; init; }

    /// <summary>Pulumi Cloud's UUID for it.</summary>
    public string? Id { get; init; }

    /// <summary>Its page in Pulumi Cloud.</summary>
    public string? Permalink { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it did to resources, or would do if it was a preview; null when nobody knows.</summary>
    public ResourceChanges? Changes { get; init; }

    /// <summary>Why it was run, cut at <see cref="LongestMessage"/>.</summary>
    public string? Message { get; init; }
}

/// <summary>Whether Pulumi Cloud bears out what the operator says of a run.</summary>
public enum RunConfirmation
{
    /// <summary>It could not be asked, or knows nothing: no reason to doubt.</summary>
    Unconfirmed,

    /// <summary>Both say the same.</summary>
    Confirmed,

    /// <summary>They contradict each other.</summary>
    Disagrees,
}
