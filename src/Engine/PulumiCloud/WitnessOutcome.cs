using Waybill.Domain.PulumiCloud;

namespace Waybill.Engine.PulumiCloud;

/// <summary>What came of asking Pulumi Cloud about a run.</summary>
/// <param name="State">The outcome.</param>
/// <param name="Message">A sentence for people; empty when there is nothing to say.</param>
/// <param name="Run">What to keep on the promotion; null when Pulumi Cloud is no witness here, or not yet.</param>
public sealed record WitnessOutcome(WitnessState State, string Message, StackRun? Run = null)
{
    /// <summary>How long Pulumi Cloud wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static WitnessOutcome Absent { get; } = new(WitnessState.Absent, "");
}

/// <summary>The ways asking can come out; of several the last in this order decides.</summary>
public enum WitnessState
{
    /// <summary>There is nobody to ask: no token is configured. Normal.</summary>
    Absent,

    /// <summary>It could not be asked, or has no such record: go on, and say so.</summary>
    Unconfirmed,

    /// <summary>It says what the operator says.</summary>
    Confirmed,

    /// <summary>Ask again later.</summary>
    NotYet,

    /// <summary>It contradicts the operator: what was promoted must not pass.</summary>
    Disagrees,
}
