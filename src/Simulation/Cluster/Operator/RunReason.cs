using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>Why PKO begins a run, in the words that it gives the Update as its message (isSynced in its stack_controller.go).</summary>
internal static class RunReason
{
    public static string Of(OperatorObject stack, string source, string? request)
    {
        var own = OperatorObject.Text((stack.Spec["updateTemplate"] as JsonObject)?["spec"] as JsonObject, "message");
        return own ?? (stack.Status["lastUpdate"] is JsonObject last ? Of(stack, last, source, request) : "Initial stack update");
    }

    private static string Of(OperatorObject stack, JsonObject last, string source, string? request)
    {
        if (last["generation"]!.GetValue<long>() != stack.Generation)
        {
            return $"New stack generation: {stack.Generation}";
        }

        if (OperatorObject.Text(last, "reconcileRequest") != request)
        {
            return $"Sync request: \"{request}\"";
        }

        return OperatorObject.Text(last, "lastAttemptedCommit") == source
            ? $"Backoff time elapsed: {10 * (int)Math.Pow(3, last["failures"]!.GetValue<int>())}s"
            : $"New commit detected: \"{source}\"";
    }
}
