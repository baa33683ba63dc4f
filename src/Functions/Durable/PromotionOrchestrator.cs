using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Waybill.Domain.Promotions;

namespace Waybill.Functions.Durable;

/// <summary>
/// Drives one promotion: carries out one directive after the other until there is none. What to do is decided by the engine from the
/// record in storage; this owns only time. Before changing the sequence of calls read docs/orchestrator-versions.md.
/// </summary>
public static class PromotionOrchestrator
{
    /// <summary>A history of so many turns is still quick to replay.</summary>
    private const int TurnsPerGeneration = 40;

    /// <summary>What a lost event costs at most.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    [Function(nameof(PromotionOrchestrator))]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.Read<PromotionRun>();
        var wakes = new WakeEvents(context, PromotionEvents.ApprovalDecided, PromotionEvents.AbortRequested, PromotionEvents.WakeUp);
        var call = PromotionCall.Next(run);
        for (var turn = 0; turn < TurnsPerGeneration; turn++)
        {
            try
            {
                var directive = await context.CallActivityAsync<Directive>(call.Activity, call.Task, Patience.Retries);
                run = run with { Failures = 0 };
                if (directive.Kind is DirectiveKind.Done)
                {
                    context.SetCustomStatus(OrchestrationStatus.Of(directive));
                    return directive.Reason;
                }

                await WaitAsync(context, wakes, directive);
                call = PromotionCall.For(run, directive);
            }
            catch (TaskFailedException failure) when (call.Activity != nameof(PromotionActivities.GiveUpOnPromotion))
            {
                run = run with { Failures = run.Failures + 1 };
                if (Patience.IsOver(failure, run.Failures))
                {
                    call = PromotionCall.GiveUp(run, failure);
                    continue;
                }

                await PauseAsync(context, failure, run.Failures);
            }
        }

        context.ContinueAsNew(run);
        return "";
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, WakeEvents wakes, Directive directive)
    {
        if (directive.IsImmediate)
        {
            context.SetCustomStatus(OrchestrationStatus.Of(directive));
            return;
        }

        var longest = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero) + LongestWait;
        var until = directive.Until < longest ? directive.Until.Value : longest;
        context.SetCustomStatus(OrchestrationStatus.Of(directive, directive.Until ?? until));
        await wakes.WaitAsync(until);
    }

    /// <summary>Nothing interrupts a pause: whatever woke it could not be done either.</summary>
    private static async Task PauseAsync(TaskOrchestrationContext context, TaskFailedException failure, int failures)
    {
        var until = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero) + Patience.PauseAfter(failures);
        context.SetCustomStatus(OrchestrationStatus.Paused($"{Patience.Describe(failure)} Tried again after a pause, {failures} so far.", until));
        await context.CreateTimer(until.UtcDateTime, CancellationToken.None);
    }
}
