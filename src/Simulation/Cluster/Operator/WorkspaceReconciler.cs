using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster.Api;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>
/// Readies workspaces as the script says. A stall stays in the status until the workspace is ready again, whatever commit it
/// was about: that is where the operator's false stalls come from.
/// </summary>
internal sealed class WorkspaceReconciler(OperatorApi api, Clockwork clock)
{
    /// <summary>The commit or branch that a workspace holds.</summary>
    public static string RefOf(OperatorObject workspace) => OperatorObject.Text(workspace.Spec["git"] as JsonObject, "ref") ?? "";

    public static bool IsReady(OperatorObject workspace) => workspace.Is("Ready") && workspace.ObservedGenerationOf("Ready") == workspace.Generation;

    /// <summary>Makes the workspace hold the source, creating it or moving it there.</summary>
    public async Task<OperatorObject> EnsureAsync(OperatorObject stack, OperatorObject? workspace, string source, CancellationToken cancellationToken)
    {
        var git = new JsonObject { ["url"] = OperatorObject.Text(stack.Spec, "projectRepo") ?? "", ["ref"] = source };
        if (workspace is null)
        {
            return await api.CreateAsync(ResourceKind.Workspace, stack.Namespace, stack.Name, new JsonObject { ["git"] = git }, cancellationToken);
        }

        return RefOf(workspace) == source
            ? workspace
            : await api.PatchAsync(workspace, new JsonObject { ["spec"] = new JsonObject { ["git"] = git } }, cancellationToken);
    }

    public async Task ReconcileAsync(OperatorObject workspace, RunPlan plan, CancellationToken cancellationToken)
    {
        var isOver = clock.IsOver($"workspace/{workspace.Uid}/{workspace.Generation}", plan.WorkspaceAfter);
        workspace.SetStatus("observedGeneration", workspace.Generation);
        if (!isOver || plan.Workspace is WorkspaceOutcome.NeverReady)
        {
            workspace.Set("Ready", false, "RollingUpdate", "Waiting for the statefulset to be ready", clock.Now, workspace.Generation);
        }
        else if (plan.Workspace is WorkspaceOutcome.Failed)
        {
            workspace.Set("Ready", false, "Failed", "pulumi install failed", clock.Now, workspace.Generation);
            workspace.Set("Stalled", true, "PulumiInstallFailed", "exit status 1: no such package", clock.Now, workspace.Generation);
        }
        else
        {
            workspace.Remove("Stalled");
            workspace.Set("Ready", true, "Succeeded", "", clock.Now, workspace.Generation);
        }

        await api.SaveStatusAsync(workspace, cancellationToken);
    }
}
