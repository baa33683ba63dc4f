using Waybill.Domain.Stages;

namespace Waybill.Domain.Stacks;

/// <summary>
/// Judges from one look at a Stack whether a stage still runs what was promoted to it. A status that is about an older spec
/// or request is Unknown, whatever it says: never Healthy.
/// </summary>
public static class StackHealth
{
    /// <param name="check">What the stage should run.</param>
    /// <param name="stack">What was seen; null when there is no such Stack.</param>
    /// <param name="isArriving">Whether the promotion is still on its way to the Stack, as far as anybody knows.</param>
    public static HealthFinding Judge(StackHealthCheck check, StackSnapshot? stack, bool isArriving = false)
    {
        if (isArriving && check.ArrivesThroughGit && stack?.Commit != check.Commit)
        {
            return new(HealthState.Progressing, $"Stack {check.Stack} {Present(stack)}; commit {check.Commit} is in Git and not applied yet.");
        }

        if (stack is null || stack.IsBeingDeleted)
        {
            return new(HealthState.Unhealthy, $"Stack {check.Stack} {(stack is null ? "is gone" : "is being deleted")}.");
        }

        if (stack.Commit != check.Commit)
        {
            return Drifted(check, stack);
        }

        if (stack.ObservedGeneration < stack.Generation || stack.ObservedReconcileRequest != stack.ReconcileRequest)
        {
            return new(HealthState.Unknown, $"Stack {check.Stack}: the operator has not looked at it since it was changed.");
        }

        return RunsWhatWasPromoted(check, stack)
            ? new(HealthState.Healthy, $"Stack {check.Stack}: {check.Type} of {check.Commit} succeeded.")
            : JudgeUnfinished(check, stack);
    }

    private static HealthFinding Drifted(StackHealthCheck check, StackSnapshot stack) =>
        new(HealthState.Unhealthy, $"Stack {check.Stack} {Present(stack)}, but commit {check.Commit} was promoted.", IsDrift: true);

    private static string Present(StackSnapshot? stack) => stack switch
    {
        null => "is not there yet",
        { Commit: { } commit } => $"asks for commit {commit}",
        { Branch: { } branch } => $"asks for branch {branch}",
        _ => "asks for no commit",
    };

    // lastUpdate rather than Ready: with resync on, Ready flips back and forth between looks.
    private static bool RunsWhatWasPromoted(StackHealthCheck check, StackSnapshot stack) =>
        stack.LastUpdate is { IsSuccess: true } run && run.Generation == stack.Generation
        && run.Type == check.Type && run.LastSuccessfulCommit == check.Commit;

    private static HealthFinding JudgeUnfinished(StackHealthCheck check, StackSnapshot stack)
    {
        if (stack.Stalled is { IsTrue: true } stalled && IsAboutThisGeneration(stalled, stack))
        {
            var message = stalled.Message is { Length: > 0 } text ? text : stack.LastUpdate?.Message;
            return new(HealthState.Unhealthy, $"Stack {check.Stack} is stalled: {stalled.Reason}: {message}", IsFailedRun: stalled.Reason is "UpdateFailed");
        }

        if (stack.CurrentUpdate?.Generation == stack.Generation || stack.Reconciling is { IsTrue: true })
        {
            return new(HealthState.Progressing, $"Stack {check.Stack}: {stack.Reconciling?.Message ?? $"update {stack.CurrentUpdate?.Name} is running"}");
        }

        return new(HealthState.Unknown, $"Stack {check.Stack}: its status does not tell whether {check.Type} of {check.Commit} succeeded.");
    }

    // A failed run of an older generation leaves its stall behind until the new one begins.
    private static bool IsAboutThisGeneration(StackCondition stalled, StackSnapshot stack) =>
        stalled.Reason is not "UpdateFailed" || stack.LastUpdate?.Generation == stack.Generation;
}
