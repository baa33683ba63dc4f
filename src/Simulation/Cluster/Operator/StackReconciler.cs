using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster.Api;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>The order in which PKO v2 looks at a Stack (its stack_controller.go), with the script in place of Git and Pulumi.</summary>
internal sealed class StackReconciler(OperatorApi api, OperatorScript script, WorkspaceReconciler workspaces, Clockwork clock)
{
    private const string RequestAnnotation = "pulumi.com/reconciliation-request";

    private long _lastUpdateName;

    /// <summary>The plan for running a commit on a Stack now.</summary>
    public RunPlan PlanFor(OperatorObject stack, string commit) => script.PlanFor(
        new(stack.Namespace, stack.Name, (JsonObject)stack.Spec.DeepClone(), commit, AttemptOf(stack)));

    public async Task ReconcileAsync(OperatorObject stack, World world, CancellationToken cancellationToken)
    {
        var request = RequestOf(stack);
        var source = OperatorObject.Text(stack.Spec, "commit") ?? OperatorObject.Text(stack.Spec, "branch") ?? "";
        var plan = PlanFor(stack, source);
        var what = $"{stack.Uid}/{stack.Generation}/{request}";
        if (stack.IsBeingDeleted || !clock.IsOver($"observe/{what}", plan.ObservesAfter))
        {
            return;
        }

        stack.SetStatus("observedGeneration", stack.Generation);
        stack.SetStatus("observedReconcileRequest", request);
        if (IsWaitingForCurrentUpdate(stack, world)
            || IsSourceBad(stack, plan, what)
            || IsSynced(stack, source, request))
        {
            await api.SaveStatusAsync(stack, cancellationToken);
            return;
        }

        await RunAsync(stack, world, source, plan, cancellationToken);
    }

    private bool IsWaitingForCurrentUpdate(OperatorObject stack, World world)
    {
        if (stack.Status["currentUpdate"] is not JsonObject current)
        {
            return false;
        }

        var update = world.Update(stack, OperatorObject.Text(current, "name")!);
        if (update is null || !update.Is("Complete") || PlanFor(stack, OperatorObject.Text(current, "commit")!).Wedge is Wedge.UpdateIsIgnored)
        {
            stack.MarkReconciling("StackProcessing", "waiting for update to complete", clock.Now);
            return true;
        }

        stack.SetStatus("lastUpdate", ResultOf(stack, current, update));
        stack.SetStatus("currentUpdate", null);
        return false;
    }

    private JsonObject ResultOf(OperatorObject stack, JsonObject current, OperatorObject update)
    {
        var before = stack.Status["lastUpdate"] as JsonObject;
        var failed = update.Is("Failed");
        var commit = OperatorObject.Text(current, "commit");
        var isRetry = before is not null && JsonNode.DeepEquals(before["generation"], current["generation"])
            && OperatorObject.Text(before, "reconcileRequest") == OperatorObject.Text(current, "reconcileRequest");
        var fields = new (string Name, JsonNode? Value)[]
        {
            ("generation", current["generation"]!.DeepClone()),
            ("reconcileRequest", OperatorObject.Text(current, "reconcileRequest")),
            ("name", update.Name),
            ("type", OperatorObject.Text(update.Spec, "type")),
            ("state", failed ? "failed" : "succeeded"),
            ("message", failed ? OperatorObject.Text(update.Status, "message") : null),
            ("lastAttemptedCommit", commit),
            ("lastSuccessfulCommit", failed ? OperatorObject.Text(before, "lastSuccessfulCommit") : commit),
            ("permalink", OperatorObject.Text(update.Status, "permalink")),
            ("lastResyncTime", OperatorObject.Time(clock.Now)),
            ("failures", failed && isRetry ? before!["failures"]!.GetValue<int>() + 1 : 0),
        };
        return new JsonObject(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value)));
    }

    private bool IsSourceBad(OperatorObject stack, RunPlan plan, string what)
    {
        if (stack.Spec["commit"] is null == stack.Spec["branch"] is null)
        {
            stack.MarkStalled("SpecInvalid", "exactly one of commit and branch must be given", clock.Now);
            return true;
        }

        if (!clock.IsOver($"source/{what}", plan.SourceUnavailableFor))
        {
            stack.MarkStalled("SourceUnavailable", "unable to reach the repository", clock.Now);
            return true;
        }

        return false;
    }

    private bool IsSynced(OperatorObject stack, string source, string? request)
    {
        if (stack.Status["lastUpdate"] is not JsonObject last
            || last["generation"]!.GetValue<long>() != stack.Generation
            || OperatorObject.Text(last, "reconcileRequest") != request
            || OperatorObject.Text(last, "lastAttemptedCommit") != source)
        {
            return false;
        }

        var failures = last["failures"]!.GetValue<int>();
        var isRetryDue = OperatorObject.Text(last, "state") is "failed" && failures < StackConditions.MaximumFailures
            && clock.IsOver($"retry/{OperatorObject.Text(last, "name")}", TimeSpan.FromSeconds(10 * Math.Pow(3, failures) * script.RetryFactor));
        if (!isRetryDue)
        {
            stack.MarkResult(last, clock.Now);
        }

        return !isRetryDue;
    }

    private async Task RunAsync(OperatorObject stack, World world, string source, RunPlan plan, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.EnsureAsync(stack, world.Workspace(stack), source, cancellationToken);
        if (WorkspaceReconciler.IsReady(workspace))
        {
            await BeginAsync(stack, source, plan, cancellationToken);
            return;
        }

        // As the operator does, without asking which generation of the workspace the stall is about.
        if (workspace.Is("Stalled"))
        {
            stack.MarkStalled("WorkspaceFailed", $"{workspace.ReasonOf("Stalled")}: {workspace.MessageOf("Stalled")}", clock.Now);
        }
        else
        {
            stack.MarkReconciling("StackProcessing", "waiting for workspace readiness", clock.Now);
        }

        await api.SaveStatusAsync(stack, cancellationToken);
    }

    private async Task BeginAsync(OperatorObject stack, string source, RunPlan plan, CancellationToken cancellationToken)
    {
        var name = $"{stack.Name}-{NextName():x}";
        var current = new JsonObject { ["generation"] = stack.Generation, ["name"] = name, ["commit"] = source };
        if (RequestOf(stack) is { } request)
        {
            current["reconcileRequest"] = request;
        }

        stack.SetStatus("currentUpdate", current);
        stack.MarkReconciling("StackProcessing", "waiting for update to complete", clock.Now);
        await api.SaveStatusAsync(stack, cancellationToken);
        if (plan.Wedge is not Wedge.UpdateVanishes)
        {
            var type = stack.Spec["preview"]?.GetValue<bool>() is true ? "preview" : "up";
            var spec = new JsonObject
            {
                ["workspaceName"] = stack.Name,
                ["stackName"] = OperatorObject.Text(stack.Spec, "stack"),
                ["type"] = type,
                ["message"] = RunReason.Of(stack, source, RequestOf(stack)),
            };
            await api.CreateAsync(ResourceKind.Update, stack.Namespace, name, spec, cancellationToken);
        }

        if (plan.OverwritesRequest && RequestOf(stack)?.StartsWith("after-", StringComparison.Ordinal) is not true)
        {
            var annotations = new JsonObject { [RequestAnnotation] = $"after-{name}" };
            await api.PatchAsync(stack, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }, cancellationToken);
        }
    }

    // Names carry milliseconds; two runs in the same one must not meet.
    private long NextName() =>
        _lastUpdateName = Math.Max(_lastUpdateName + 1, clock.Now.ToUnixTimeMilliseconds());

    private static string? RequestOf(OperatorObject stack) =>
        OperatorObject.Text(stack.Metadata["annotations"] as JsonObject, RequestAnnotation) is { Length: > 0 } request ? request : null;

    private static int AttemptOf(OperatorObject stack) =>
        stack.Status["lastUpdate"] is JsonObject last && OperatorObject.Text(last, "state") is "failed"
        && last["generation"]!.GetValue<long>() == stack.Generation && OperatorObject.Text(last, "reconcileRequest") == RequestOf(stack)
            ? last["failures"]!.GetValue<int>() + 2
            : 1;
}
