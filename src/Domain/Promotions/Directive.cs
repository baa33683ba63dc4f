using System.Text.Json.Serialization;

namespace Waybill.Domain.Promotions;

/// <summary>What to do next about a promotion. A driver carries it out, by name, and asks again.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">The step's index, for <see cref="DirectiveKind.ExecuteStep"/> and waits within a step; -1 otherwise.</param>
/// <param name="Until">When a wait ends though nothing woke it; null when there is nothing to wait for.</param>
/// <param name="Reason">What is being waited for or done, for people.</param>
public sealed record Directive(DirectiveKind Kind, int Step = -1, DateTimeOffset? Until = null, string Reason = "")
{
    /// <summary>Whether there is something to do at once.</summary>
    public bool IsImmediate => Kind is DirectiveKind.ExecuteStep or DirectiveKind.FinishPromotion or DirectiveKind.MeasureVerification;
}

/// <summary>The kinds of directive; a driver has one activity for each that is work. Names are kept in drivers' histories: add, never rename.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DirectiveKind>))]
public enum DirectiveKind
{
    /// <summary>The promotion waits its turn in its stage's queue: whoever frees the stage starts it.</summary>
    AwaitTurn,

    /// <summary>Run the step, for the first time or again.</summary>
    ExecuteStep,

    /// <summary>Do nothing until the given time, unless woken.</summary>
    WaitUntil,

    /// <summary>Do nothing until people decided or the time is over.</summary>
    AwaitApproval,

    /// <summary>All steps are over, or it was aborted: say how it ended.</summary>
    FinishPromotion,

    /// <summary>Look at the stage's health and take the verification's next measurement.</summary>
    MeasureVerification,

    /// <summary>Nothing more to do, ever.</summary>
    Done,
}
