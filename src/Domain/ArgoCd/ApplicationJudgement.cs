namespace Waybill.Domain.ArgoCd;

/// <summary>What to make of an Application that a promotion wants synced.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Message">What was seen, for people.</param>
public sealed record ApplicationVerdict(ApplicationVerdictState State, string Message);

/// <summary>The verdicts of <see cref="ApplicationJudgement"/>.</summary>
public enum ApplicationVerdictState
{
    /// <summary>Nothing is in the way of an operation of our own, and one is needed.</summary>
    MustSync,

    /// <summary>Somebody else's operation must end first.</summary>
    Busy,

    /// <summary>Our operation is asked for or under way.</summary>
    Running,

    /// <summary>Our operation ended well, but synced other revisions than were wanted: later ones, or ones that Argo CD remembered.</summary>
    OtherRevision,
    Succeeded,
    Failed,

    /// <summary>The Application is going.</summary>
    Gone,
}

/// <summary>
/// Decides whether an Application was synced for a promotion, from the Application alone. An operation is ours when it is marked
/// with the promotion's name, whoever's process asked for it; of any other only its end matters.
/// </summary>
public static class ApplicationJudgement
{
    /// <param name="application">The Application.</param>
    /// <param name="promotion">The promotion's name.</param>
    /// <param name="desired">The revision wanted of each source; empty text where any will do.</param>
    public static ApplicationVerdict Judge(ApplicationSnapshot application, string promotion, IReadOnlyList<string> desired)
    {
        if (application.IsBeingDeleted)
        {
            return new(ApplicationVerdictState.Gone, "The Application is being deleted.");
        }

        var last = application.LastOperation;
        if (last is { IsCompleted: false })
        {
            return last.Operation.Promotion == promotion
                ? new(ApplicationVerdictState.Running, $"The sync is running: {last.Message}".TrimEnd(' ', ':'))
                : new(ApplicationVerdictState.Busy, $"Waits for the operation of {last.Operation.InitiatedBy} to end, which is {last.Phase}: {last.Message}".TrimEnd(' ', ':'));
        }

        // Asked for, and not begun: the state still tells of the operation before, or of none.
        if (application.Requested is { } requested)
        {
            return requested.Promotion == promotion
                ? new(ApplicationVerdictState.Running, "Argo CD has not begun with the sync; check that its application controller runs.")
                : new(ApplicationVerdictState.Busy, $"Waits for the operation that {requested.InitiatedBy} asked for to begin and end.");
        }

        return last is not null && last.Operation.Promotion == promotion
            ? JudgeEnded(last, desired)
            : new(ApplicationVerdictState.MustSync, "No operation of this promotion yet.");
    }

    private static ApplicationVerdict JudgeEnded(ApplicationOperationState ours, IReadOnlyList<string> desired)
    {
        if (ours.Phase is not "Succeeded")
        {
            return new(ApplicationVerdictState.Failed, $"The sync ended as {ours.Phase}: {ours.Message}");
        }

        if (ours.Revisions.Count == 0)
        {
            return new(ApplicationVerdictState.OtherRevision, "The sync ended without saying what it synced.");
        }

        return Matches(ours.Revisions, desired)
            ? new(ApplicationVerdictState.Succeeded, $"Synced to {string.Join(", ", ours.Revisions)}.")
            : new(
                ApplicationVerdictState.OtherRevision,
                $"Synced to {string.Join(", ", ours.Revisions)}, but {string.Join(", ", desired.Where(d => d.Length > 0))} is wanted.");
    }

    /// <summary>Whether each source is at the revision wanted of it; where none is wanted any will do.</summary>
    public static bool Matches(IReadOnlyList<string> observed, IReadOnlyList<string> desired) =>
        desired.All(d => d.Length == 0) || (observed.Count == desired.Count && observed.Zip(desired).All(p => p.Second.Length == 0 || p.First == p.Second));
}
