using Waybill.Domain;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps;

/// <summary>Looks at a Stack that was asked for a run. One call a look; more only where the Stack alone can't tell.</summary>
internal sealed class StackRunWatcher(IStackClient client, string request, StackUpdateConfig config, DateTimeOffset now, bool isLastLook)
{
    /// <summary>How long one Update may be under way before it is worth a call to see whether it is there at all.</summary>
    private static readonly TimeSpan WedgeSuspicion = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan WedgePatience = TimeSpan.FromSeconds(15);

    public async Task<StackProgress> LookAsync(StackProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var stack = await client.GetStackAsync(progress.Stack, cancellationToken);
            var verdict = StackJudgement.Judge(
                stack, new StackRequest(config.Commit, request, progress.Generation, progress.Type, progress.PreviousUpdate, config.FailFast));
            var seen = progress with { Message = verdict.Message };
            return verdict.State switch
            {
                StackVerdictState.Succeeded => Ended(seen, stack!, isSuccess: true),
                StackVerdictState.Failed when stack!.LastUpdate is { State: "failed" } => Ended(seen, stack, isSuccess: false),
                StackVerdictState.Failed or StackVerdictState.Superseded or StackVerdictState.Gone => seen with { State = StackProgressState.Failed },
                StackVerdictState.StalledForNow => Tolerate(seen),
                StackVerdictState.StalledByWorkspace => await AskWorkspaceAsync(seen, cancellationToken),
                StackVerdictState.Running => await SuspectAsync(seen, stack!, cancellationToken),
                _ => await DiagnoseAsync(seen with { StalledSince = null, RunningUpdate = null, RunningSince = null }, cancellationToken),
            };
        }
        catch (ClusterException error)
        {
            return progress.After(error);
        }
    }

    private static StackProgress Ended(StackProgress progress, StackSnapshot stack, bool isSuccess) => progress with
    {
        State = StackProgressState.Confirming,
        IsSuccess = isSuccess,
        Generation = stack.LastUpdate!.Generation,
        Permalink = stack.LastUpdate.Permalink,
        PulumiStack = stack.PulumiStack,
    };

    private StackProgress Tolerate(StackProgress progress)
    {
        var since = progress.StalledSince ?? now;
        return now - since >= config.StalledGracePeriod
            ? progress with { State = StackProgressState.Failed, Message = $"Stalled for {GoDuration.Format(now - since)}: {progress.Message}" }
            : progress with { StalledSince = since };
    }

    // A Workspace that failed for the commit before leaves the Stack stalled until it is ready again: only a Stalled condition
    // about the Workspace's present generation is news.
    private async Task<StackProgress> AskWorkspaceAsync(StackProgress progress, CancellationToken cancellationToken)
    {
        var workspace = await client.GetWorkspaceAsync(progress.Stack, cancellationToken);
        var isNews = workspace is { Stalled.IsTrue: true } && workspace.StalledObservedGeneration == workspace.Generation;
        return isNews
            ? progress with { State = StackProgressState.Failed, Message = $"{progress.Message} Workspace: {workspace!.Stalled!.Reason}: {workspace.Stalled.Message}" }
            : progress with { Message = $"The Workspace is being set up again ({progress.Message})" };
    }

    private async Task<StackProgress> SuspectAsync(StackProgress progress, StackSnapshot stack, CancellationToken cancellationToken)
    {
        if (stack.CurrentUpdate?.Name is not { } name)
        {
            return await DiagnoseAsync(progress with { StalledSince = null, RunningUpdate = null, RunningSince = null }, cancellationToken);
        }

        if (progress.RunningUpdate != name || progress.RunningSince is not { } since)
        {
            return progress with { StalledSince = null, RunningUpdate = name, RunningSince = now };
        }

        if (now - since < WedgeSuspicion && !isLastLook)
        {
            return progress;
        }

        var update = await client.GetUpdateAsync(progress.Stack, name, cancellationToken);
        return update switch
        {
            null => Wedged(progress, $"its current Update {name} no longer exists"),
            { IsComplete: true } => Wedged(progress, $"its current Update {name} is complete, but the Stack still waits for it"),
            _ => progress with { StalledSince = null, RunningSince = now, Message = $"{progress.Message} {update.Message}".TrimEnd() },
        };
    }

    // A run that just ended looks the same until the operator has cleared it away, so the second look decides.
    private StackProgress Wedged(StackProgress progress, string why)
    {
        var since = progress.StalledSince ?? now;
        var message = $"The operator is wedged (pulumi-kubernetes-operator#1292): {why}. Restart the operator or clear status.currentUpdate, then promote again.";
        return now - since >= WedgePatience || isLastLook
            ? progress with { State = StackProgressState.Failed, Message = message }
            : progress with { StalledSince = since };
    }

    /// <summary>At the deadline, says why it never came to a run: the Workspace knows.</summary>
    private async Task<StackProgress> DiagnoseAsync(StackProgress progress, CancellationToken cancellationToken)
    {
        if (!isLastLook)
        {
            return progress;
        }

        var workspace = await client.GetWorkspaceAsync(progress.Stack, cancellationToken);
        var seen = workspace?.Ready is { } ready ? $"{ready.Reason}: {ready.Message}" : workspace is null ? "there is no Workspace" : "it says nothing";
        return progress with { Message = $"{progress.Message} Workspace {progress.Stack.Name}: {seen}." };
    }
}
