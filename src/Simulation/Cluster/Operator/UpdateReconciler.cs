using System.Globalization;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>Carries Updates out: they begin when they are seen, and end as the script says. None is ever cancelled.</summary>
internal sealed class UpdateReconciler(OperatorApi api, Clockwork clock)
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
        update.SetStatus("permalink", failed ? null : Permalink(update, stack));
        update.Set("Progressing", false, "Complete", "", clock.Now, update.Generation);
        update.Set("Failed", failed, failed ? "UpdateFailed" : "UpdateSucceeded", plan.FailsWith ?? "", clock.Now, update.Generation);
        update.Set("Complete", true, "Updated", "", clock.Now, update.Generation);
    }

    private string Permalink(OperatorObject update, OperatorObject? stack)
    {
        var page = $"https://app.pulumi.com/{OperatorObject.Text(stack?.Spec, "stack") ?? "unknown"}";
        return OperatorObject.Text(update.Spec, "type") is "preview"
            ? $"{page}/previews/{update.Uid}"
            : $"{page}/updates/{Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture)}";
    }

    private async Task ForgetAsync(OperatorObject update, CancellationToken cancellationToken)
    {
        if (clock.IsOver($"kept/{update.Uid}", Kept))
        {
            await api.DeleteAsync(update, cancellationToken);
        }
    }
}
