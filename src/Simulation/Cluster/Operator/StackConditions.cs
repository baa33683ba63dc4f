using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>The ready protocol on a Stack: Ready, Reconciling and Stalled exclude one another.</summary>
internal static class StackConditions
{
    /// <summary>After this many failures the operator does not retry by itself; the first failure counts as none.</summary>
    public const int MaximumFailures = 3;

    public static void MarkReconciling(this OperatorObject stack, string reason, string message, DateTimeOffset now)
    {
        stack.Remove("Stalled");
        stack.Set("Reconciling", true, reason, message, now);
        stack.Set("Ready", false, "NotReadyInProgress", "reconciliation is in progress", now);
    }

    public static void MarkStalled(this OperatorObject stack, string reason, string message, DateTimeOffset now)
    {
        stack.Remove("Reconciling");
        stack.Set("Stalled", true, reason, message, now);
        stack.Set("Ready", false, "NotReadyStalled", "reconciliation is stalled", now);
    }

    /// <summary>Says how the last run ended.</summary>
    public static void MarkResult(this OperatorObject stack, JsonObject last, DateTimeOffset now)
    {
        var failures = last["failures"]!.GetValue<int>();
        var type = OperatorObject.Text(last, "type");
        if (OperatorObject.Text(last, "state") is "succeeded")
        {
            stack.Remove("Reconciling");
            stack.Remove("Stalled");
            stack.Set("Ready", true, "ProcessingCompleted", "the stack has been processed and is up to date", now);
        }
        else if (failures >= MaximumFailures)
        {
            stack.MarkStalled("UpdateFailed", $"{type} failed {failures} times; not retrying until the spec or source changes", now);
        }
        else if (type is "preview")
        {
            stack.MarkReconciling("PreviewFailed", $"preview failed ({failures} attempt(s))", now);
        }
        else
        {
            stack.MarkReconciling("RetryingAfterFailure", $"{failures} update failure(s)", now);
        }
    }
}
