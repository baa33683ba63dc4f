using Waybill.Domain.ArgoCd;

namespace Waybill.Domain.Stacks;

/// <summary>What Waybill asked of a Stack, and needs to know whether it happened.</summary>
/// <param name="Commit">The commit it was patched to.</param>
/// <param name="Request">The value of the request annotation: the promotion's name.</param>
/// <param name="Generation">The generation that the patch returned.</param>
/// <param name="Type">The kind of run wanted: <c>up</c> or <c>preview</c>.</param>
/// <param name="PreviousUpdate">The name of the run that had ended last before the patch; null when none had.</param>
/// <param name="FailFast">Whether a failed run ends the wait, though the operator would try again by itself.</param>
public sealed record StackRequest(
    string Commit, string Request, long Generation, string Type, string? PreviousUpdate = null, bool FailFast = false);

/// <summary>What to make of a Stack that was asked for something.</summary>
/// <param name="State">The verdict.</param>
/// <param name="Message">What was seen, for people.</param>
public sealed record StackVerdict(StackVerdictState State, string Message);

/// <summary>The verdicts of <see cref="StackJudgement"/>.</summary>
public enum StackVerdictState
{
    /// <summary>The operator has not looked at the request yet, or has not begun with it: whatever the status says is about something older.</summary>
    Waiting,

    /// <summary>The operator is at it.</summary>
    Running,

    /// <summary>A run failed and the operator will try again.</summary>
    Retrying,

    /// <summary>The operator says that it is stuck for a reason that may pass (a source that can't be reached).</summary>
    StalledForNow,

    /// <summary>It says that it is stuck because of its Workspace: only the Workspace can tell whether that is news or stale.</summary>
    StalledByWorkspace,
    Succeeded,
    Failed,

    /// <summary>Somebody else changed the Stack after us.</summary>
    Superseded,

    /// <summary>The Stack is gone or going.</summary>
    Gone,
}

/// <summary>
/// Decides whether what was asked of a Stack happened, from the Stack alone. The operator never cancels a run and always
/// works on the newest spec, its conditions carry no generation, and <c>Ready</c> or <c>Stalled</c> may be left over from
/// before the request: so nothing counts until the operator has observed our generation and our request, and success is
/// read from <c>lastUpdate</c>, which says what it is about.
/// </summary>
public static class StackJudgement
{
    public static StackVerdict Judge(StackSnapshot? stack, StackRequest request)
    {
        if (stack is null || stack.IsBeingDeleted)
        {
            return new(StackVerdictState.Gone, stack is null ? "The Stack is gone." : "The Stack is being deleted.");
        }

        // A read older than our patch (a cache in between) shows the spec from before it: that is not another writer.
        if (stack.Generation < request.Generation && stack.Commit != request.Commit)
        {
            return new(
                StackVerdictState.Waiting,
                $"The cluster shows generation {stack.Generation} of the Stack; the patch made generation {request.Generation}.");
        }

        if (stack.Commit != request.Commit)
        {
            return new(StackVerdictState.Superseded, DescribeOtherWriter(stack));
        }

        if (Succeeded(stack, request))
        {
            return new(StackVerdictState.Succeeded, $"{stack.LastUpdate!.Type} of {request.Commit} succeeded.");
        }

        if (stack.ObservedGeneration < stack.Generation || stack.ObservedReconcileRequest != stack.ReconcileRequest)
        {
            return new(StackVerdictState.Waiting, "The operator has not looked at the Stack since it was patched.");
        }

        return stack.Stalled is { IsTrue: true } stalled ? JudgeStalled(stack, request, stalled) : JudgeMoving(stack, request);
    }

    /// <summary>
    /// Settles <see cref="StackVerdictState.StalledByWorkspace"/>: the operator copies the Workspace's stall to the Stack without
    /// asking which commit it is about, so it counts only when it is about the Workspace's own present generation. Without a
    /// Workspace there is nothing that could still stall.
    /// </summary>
    public static StackVerdict JudgeWorkspace(StackVerdict verdict, WorkspaceSnapshot? workspace)
    {
        if (verdict.State is not StackVerdictState.StalledByWorkspace)
        {
            return verdict;
        }

        return workspace is { Stalled.IsTrue: true } && workspace.StalledObservedGeneration == workspace.Generation
            ? new(StackVerdictState.Failed, $"{verdict.Message} (Workspace: {workspace.Stalled.Message})")
            : new(StackVerdictState.Running, "The Stack still shows the stall of an earlier commit; the new workspace is not ready yet.");
    }

    /// <summary>
    /// Whether the operator waits for a run that will never report: the Update that the Stack calls current is gone or complete.
    /// One look can be a moment too early: count it only when the next look shows the same.
    /// </summary>
    public static bool IsWedged(StackSnapshot stack, UpdateSnapshot? current) =>
        stack.CurrentUpdate is { Name: not null } && (current is null || current.IsComplete);

    private static bool Succeeded(StackSnapshot stack, StackRequest request) =>
        IsOurRun(stack, request) && stack.LastUpdate is { IsSuccess: true } run
        && run.Type == request.Type && run.LastSuccessfulCommit == request.Commit;

    // Once the operator overwrote our annotation (it does when a dependant asks for a fresh run), the generation and the
    // commit are all that is left to know our run by, besides that it is not the run from before.
    private static bool IsOurRun(StackSnapshot stack, StackRequest request) =>
        stack.LastUpdate is { } run && run.Generation == stack.Generation
        && (run.ReconcileRequest == request.Request
            || (stack.ReconcileRequest != request.Request && run.Name != request.PreviousUpdate));

    private static StackVerdict JudgeStalled(StackSnapshot stack, StackRequest request, StackCondition stalled)
    {
        var message = $"{stalled.Reason}: {stalled.Message}";
        return stalled.Reason switch
        {
            "UpdateFailed" when IsOurRun(stack, request) => new(StackVerdictState.Failed, $"{request.Type} failed: {FailureOf(stack, stalled)}"),
            "UpdateFailed" => new(StackVerdictState.Waiting, "The Stack is stalled by an earlier run; ours has not started."),
            "WorkspaceFailed" or "PulumiVersionTooLow" => new(StackVerdictState.StalledByWorkspace, message),
            "SourceUnavailable" => new(StackVerdictState.StalledForNow, message),
            _ => new(StackVerdictState.Failed, message),
        };
    }

    private static StackVerdict JudgeMoving(StackSnapshot stack, StackRequest request)
    {
        if (IsOurRun(stack, request) && stack.LastUpdate is { State: "failed" } failed)
        {
            var seen = failed.Message is { Length: > 0 } text ? text : stack.Reconciling?.Message ?? "no message";
            return request.FailFast
                ? new(StackVerdictState.Failed, $"{failed.Type} failed: {seen}")
                : new(StackVerdictState.Retrying, $"{failed.Type} failed ({failed.Failures + 1} so far), the operator will try again: {seen}");
        }

        if (IsOurRun(stack, request) && stack.LastUpdate is { IsSuccess: true } other && stack.CurrentUpdate is null && stack.Reconciling is not { IsTrue: true })
        {
            return new(
                StackVerdictState.Failed,
                $"The operator ran {other.Type} of {other.LastSuccessfulCommit}, but {request.Type} of {request.Commit} was asked for: check spec.preview of the Stack.");
        }

        var reason = stack.Reconciling is { IsTrue: true } reconciling ? $"{reconciling.Reason}: {reconciling.Message}" : null;
        return stack.CurrentUpdate is { } update
            ? new(StackVerdictState.Running, $"Update {update.Name} is running. {reason}".TrimEnd())
            : reason is null
                ? new(StackVerdictState.Waiting, "The operator has seen the request and has not begun with it.")
                : new(StackVerdictState.Running, reason);
    }

    private static string DescribeOtherWriter(StackSnapshot stack)
    {
        var asked = $"The Stack now asks for {(stack.Commit is null ? $"branch {stack.Branch}" : $"commit {stack.Commit}")}";
        return ManagingApplication.ByAnnotation(stack) is { } manager
            ? $"{asked}: Argo CD manages it (Application {manager}) and has put back what its repository says. Use one way a Stack: either promote "
                + "by committing to that repository, or have the Application leave spec.commit and spec.branch alone (ignoreDifferences with RespectIgnoreDifferences=true)."
            : $"{asked}: another writer changed it after this promotion did.";
    }

    private static string FailureOf(StackSnapshot stack, StackCondition stalled) =>
        stack.LastUpdate?.Message is { Length: > 0 } message ? message : stalled.Message;
}
