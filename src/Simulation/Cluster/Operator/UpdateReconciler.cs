using System.Globalization;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>Carries Updates out: they begin when they are seen, and end as the script says. None is ever cancelled.</summary>
/// <param name="api">The cluster.</param>
/// <param name="clock">The clock.</param>
/// <param name="recorder">Pulumi's backend; null for one that shows nothing.</param>
internal sealed class UpdateReconciler(OperatorApi api, Clockwork clock, IRunRecorder? recorder)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private int _version;

    public async Task ReconcileAsync(OperatorObject update, OperatorObject? stack, RunPlan plan, CancellationToken cancellationToken)
    {
        if (update.Is("Complete"))
        {
            await ForgetAsync(update, cancellationToken);
            return;
        }

        if (!clock.IsOver($"run/{update.Uid}", plan.Duration))
        {
            update.SetStatus("startTime", OperatorObject.Text(update.Status, "startTime") ?? OperatorObject.Time(clock.Now));
            update.SetStatus("observedGeneration", update.Generation);
            update.Set("Progressing", true, "Progressing", "", clock.Now, update.Generation);
        }
        else
        {
            Complete(update, stack, plan);
        }

        await api.SaveStatusAsync(update, cancellationToken);
    }

    private void Complete(OperatorObject update, OperatorObject? stack, RunPlan plan)
    {
        var failed = plan.FailsWith is not null;
        update.SetStatus("observedGeneration", update.Generation);
        update.SetStatus("endTime", OperatorObject.Time(clock.Now));
        update.SetStatus("message", plan.FailsWith);
        var page = PageOf(update, stack, plan);
        update.SetStatus("permalink", failed ? null : page);
        update.Set("Progressing", false, "Complete", "", clock.Now, update.Generation);
        update.Set("Failed", failed, failed ? "UpdateFailed" : "UpdateSucceeded", plan.FailsWith ?? "", clock.Now, update.Generation);
        update.Set("Complete", true, "Updated", "", clock.Now, update.Generation);
    }

    private string PageOf(OperatorObject update, OperatorObject? stack, RunPlan plan)
    {
        var pulumiStack = OperatorObject.Text(stack?.Spec, "stack") ?? "unknown";
        if (recorder is not null)
        {
            return recorder.Record(new FinishedRun
            {
                Id = update.Uid,
                PulumiStack = pulumiStack,
                Type = OperatorObject.Text(update.Spec, "type")!,
                Commit = stack?.Spec["projectRepo"] is null ? null : OperatorObject.Text(stack.Status["currentUpdate"] as JsonObject, "commit"),
                Message = OperatorObject.Text(update.Spec, "message") ?? "",
                StartedAt = StartOf(update),
                EndedAt = clock.Now,
                Plan = plan,
            });
        }

        var page = $"https://app.pulumi.com/{pulumiStack}";
        return OperatorObject.Text(update.Spec, "type") is "preview"
            ? $"{page}/previews/{update.Uid}"
            : $"{page}/updates/{Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture)}";
    }

    private DateTimeOffset StartOf(OperatorObject update) =>
        OperatorObject.Text(update.Status, "startTime") is { } start ? DateTimeOffset.Parse(start, CultureInfo.InvariantCulture) : clock.Now;

    private async Task ForgetAsync(OperatorObject update, CancellationToken cancellationToken)
    {
        if (clock.IsOver($"kept/{update.Uid}", Kept))
        {
            await api.DeleteAsync(update, cancellationToken);
        }
    }
}
