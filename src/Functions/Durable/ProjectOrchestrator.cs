using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Waybill.Functions.Durable;

/// <summary>
/// Looks at one project's stages when something happened or is due: a soak ends, a window opens. One instance a project, so that
/// evaluations never overlap; it ends when nothing is due, and the next event starts it again.
/// </summary>
public static class ProjectOrchestrator
{
    /// <summary>The event that has the project looked at; its payload is a later moment in ISO 8601, or nothing for at once.</summary>
    public const string Evaluate = nameof(Evaluate);

    /// <summary>How long it stays around for the next event when nothing is due.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    [Function(nameof(ProjectOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.Read<ProjectRun>();
        var wakes = new WakeEvents(context, Evaluate);
        if (run.At is { } at && at > Now(context))
        {
            await WaitAsync(context, wakes, run, at);
            return;
        }

        try
        {
            var due = await context.CallActivityAsync<DateTimeOffset?>(nameof(ProjectActivities.EvaluateProject), run.Project, Patience.Retries);
            await WaitAsync(context, wakes, new ProjectRun(run.Project), due);
        }
        catch (TaskFailedException failure) when (!Patience.IsOver(failure, run.Failures + 1))
        {
            run = run with { Failures = run.Failures + 1, At = Now(context) + Patience.PauseAfter(run.Failures + 1) };
            context.SetCustomStatus(OrchestrationStatus.Paused(Patience.Describe(failure), run.At.Value));
            await context.CreateTimer(run.At.Value.UtcDateTime, CancellationToken.None);
            context.ContinueAsNew(run with { At = null });
        }
    }

    /// <summary>
    /// Waits, and begins anew. The events that came until then are dropped with the history: what they announce is stored, and the
    /// evaluation that follows sees it, so a burst of events costs one evaluation.
    /// </summary>
    private static async Task WaitAsync(TaskOrchestrationContext context, WakeEvents wakes, ProjectRun run, DateTimeOffset? due)
    {
        var longest = Now(context) + (due is null ? IdleTime : LongestWait);
        var until = due < longest ? due.Value : longest;
        context.SetCustomStatus(new OrchestrationStatus("Waits", due is null ? "Nothing is due." : "Waits for the next moment at which freight may move.", due ?? until));
        if (await wakes.WaitAsync(until) is { } wake)
        {
            context.ContinueAsNew(run with { At = Earlier(ProjectRun.ReadMoment(wake.Payload), due, Now(context)) }, preserveUnprocessedEvents: false);
        }
        else if (due is not null)
        {
            context.ContinueAsNew(run with { At = null }, preserveUnprocessedEvents: false);
        }
        else
        {
            context.SetCustomStatus(new OrchestrationStatus("Done", "Nothing is due.", null));
        }
    }

    /// <summary>An event for a later moment must not put off what is due before; one for now means now.</summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? asked, DateTimeOffset? due, DateTimeOffset now) =>
        asked is null || asked <= now ? null : due < asked ? due : asked;

    private static DateTimeOffset Now(TaskOrchestrationContext context) => new(context.CurrentUtcDateTime, TimeSpan.Zero);
}
