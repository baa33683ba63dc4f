using System.Text.Json.Nodes;
using k8s.Autorest;
using Waybill.Simulation.Cluster.Api;
using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>Carries operations out: they begin when they are seen, apply the manifests, and end as the plan says.</summary>
internal sealed class SyncOperations(OperatorApi api, ManifestSource source, ArgoCdScript script, Clockwork clock)
{
    private const int KeptHistory = 10;

    /// <summary>Takes the operation on as far as it goes now. Says whether it changed the live objects, which then must be read again.</summary>
    public async Task<bool> AdvanceAsync(OperatorObject application, IReadOnlyList<OperatorObject> stacks, CancellationToken cancellationToken)
    {
        if (application.Operation() is not { } operation)
        {
            return false;
        }

        var plan = script.PlanFor(application.Name);
        if (application.OperationState() is not { } state || application.Phase() is not ("Running" or "Terminating"))
        {
            // What the operation before left in the state must not stay there.
            var before = application.OperationState();
            await SaveAsync(application, ThreeWay.Patch(before, Started(operation), before), cancellationToken);
        }
        else if (plan.IsBlockedByWindow)
        {
            await SayAsync(application, state, "Sync operation blocked by sync window", cancellationToken);
        }
        else if (!plan.SyncNeverEnds && clock.IsOver($"sync/{application.Uid}/{state["startedAt"]}/{operation.ToJsonString()}", plan.SyncDuration))
        {
            await CompleteAsync(application, stacks, plan, cancellationToken);
            return true;
        }

        return false;
    }

    private JsonObject Started(JsonObject operation) => new()
    {
        ["operation"] = operation.DeepClone(),
        ["phase"] = "Running",
        ["message"] = "waiting for completion of hook",
        ["startedAt"] = OperatorObject.Time(clock.Now),
    };

    private async Task CompleteAsync(
        OperatorObject application, IReadOnlyList<OperatorObject> stacks, ApplicationPlan plan, CancellationToken cancellationToken)
    {
        var sync = application.Operation()!["sync"] as JsonObject;
        var target = plan.ComparisonError is { } broken ? Target.Unknown(broken) : source.Read(application, ApplicationStatus.RevisionsOf(sync));
        var error = target.Error ?? plan.SyncFailsWith ?? await ApplyAsync(application, stacks, target, sync?["prune"]?.GetValue<bool>() is true, cancellationToken);
        var result = new JsonObject { ["source"] = application.Spec["source"]?.DeepClone() };
        result.SetRevisions(target.Revisions);
        var patch = application.Patch();
        patch["operation"] = null;
        patch["status"] = new JsonObject
        {
            ["operationState"] = new JsonObject
            {
                ["phase"] = error is null ? "Succeeded" : target.Error is null ? "Failed" : "Error",
                ["message"] = error ?? "successfully synced (all tasks run)",
                ["finishedAt"] = OperatorObject.Time(clock.Now),
                ["syncResult"] = result,
            },
        };
        if (error is null)
        {
            patch["status"]!["history"] = History(application, target);
        }

        application.Replace((await api.PatchAsync(application, patch, cancellationToken)).Json);
    }

    private async Task<string?> ApplyAsync(
        OperatorObject application, IReadOnlyList<OperatorObject> stacks, Target target, bool prunes, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var stack in StackComparison.Compare(application, target.Stacks, stacks).Where(s => !s.IsSynced))
            {
                await ApplyAsync(stack, prunes, cancellationToken);
            }

            return null;
        }
        catch (HttpOperationException ex)
        {
            var said = JsonNode.Parse(ex.Response.Content)?["message"]?.GetValue<string>() ?? ex.Message;
            return $"one or more objects failed to apply, reason: {said}";
        }
    }

    private Task ApplyAsync(ComparedStack stack, bool prunes, CancellationToken cancellationToken)
    {
        if (stack.Wanted is null)
        {
            return prunes ? api.DeleteAsync(stack.Live!, cancellationToken) : Task.CompletedTask;
        }

        var wanted = stack.ToApply();
        return stack.Live is null
            ? api.CreateAsync(
                ResourceKind.Stack, stack.Namespace, stack.Name, wanted["metadata"]!.DeepClone().AsObject(), wanted["spec"]!.DeepClone().AsObject(), cancellationToken)
            : api.PatchAsync(stack.Live, wanted, cancellationToken);
    }

    private JsonArray History(OperatorObject application, Target target)
    {
        var before = (application.Status["history"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var entry = new JsonObject
        {
            ["id"] = before.Count == 0 ? 0 : before[^1]["id"]!.GetValue<long>() + 1,
            ["deployedAt"] = OperatorObject.Time(clock.Now),
            ["initiatedBy"] = application.Operation()!["initiatedBy"]?.DeepClone() ?? new JsonObject(),
            ["source"] = application.Spec["source"]?.DeepClone(),
        };
        entry.SetRevisions(target.Revisions);
        return new JsonArray([.. before.Append(entry).TakeLast(KeptHistory).Select(e => e.DeepClone())]);
    }

    private Task SayAsync(OperatorObject application, JsonObject state, string message, CancellationToken cancellationToken) =>
        OperatorObject.Text(state, "message") == message
            ? Task.CompletedTask
            : SaveAsync(application, new JsonObject { ["message"] = message }, cancellationToken);

    private async Task SaveAsync(OperatorObject application, JsonObject state, CancellationToken cancellationToken)
    {
        var patch = application.Patch();
        patch["status"] = new JsonObject { ["operationState"] = state };
        application.Replace((await api.PatchAsync(application, patch, cancellationToken)).Json);
    }
}
