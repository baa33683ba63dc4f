using System.Text.Json.Nodes;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>The operator's objects over the Kubernetes API: one method is one HTTP call, nothing is retried in here.</summary>
internal sealed class KubernetesStackClient(ClusterCalls calls) : IStackClient
{
    public async Task<StackSnapshot?> GetStackAsync(StackReference stack, CancellationToken cancellationToken) =>
        await GetAsync(stack, CustomResource.Stack, stack.Name, cancellationToken) is { } found ? SnapshotMapping.Stack(stack, found) : null;

    public async Task<WorkspaceSnapshot?> GetWorkspaceAsync(StackReference stack, CancellationToken cancellationToken) =>
        await GetAsync(stack, CustomResource.Workspace, stack.Name, cancellationToken) is { } found ? SnapshotMapping.Workspace(found) : null;

    public async Task<UpdateSnapshot?> GetUpdateAsync(StackReference stack, string name, CancellationToken cancellationToken) =>
        await GetAsync(stack, CustomResource.Update, name, cancellationToken) is { } found ? SnapshotMapping.Update(found) : null;

    public async Task<StackSnapshot> RequestRunAsync(
        StackReference stack, string resourceVersion, string commit, string request, CancellationToken cancellationToken)
    {
        var call = new ClusterCall(stack.Cluster, "patch", CustomResource.Stack, stack.Namespace, stack.Name);
        return SnapshotMapping.Stack(stack, await calls.PatchAsync(call, Patch(resourceVersion, commit, request), cancellationToken));
    }

    private Task<JsonObject?> GetAsync(StackReference stack, CustomResource resource, string name, CancellationToken cancellationToken) =>
        calls.GetAsync(new ClusterCall(stack.Cluster, "get", resource, stack.Namespace, name), cancellationToken);

    // The null must be written: a commit and a branch together are an invalid spec.
    private static string Patch(string resourceVersion, string commit, string request) => new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = resourceVersion,
            ["annotations"] = new JsonObject { [StackAnnotations.ReconciliationRequest] = request },
        },
        ["spec"] = new JsonObject { ["commit"] = commit, ["branch"] = null },
    }.ToJsonString();
}
