using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>The operator's objects over the Kubernetes API: one method is one HTTP call, nothing is retried in here.</summary>
public sealed class KubernetesStackClient(ClusterRegistry clusters, TimeProvider time) : IStackClient
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
        var patch = new V1Patch(Patch(resourceVersion, commit, request), V1Patch.PatchType.MergePatch);
        var patched = await CallAsync(
            call,
            (client, token) => client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
                patch, call.Resource.Group, call.Resource.Version, call.Namespace, call.Resource.Plural, call.Name, cancellationToken: token),
            isNothing: _ => false,
            cancellationToken);
        return SnapshotMapping.Stack(stack, patched!);
    }

    private Task<JsonObject?> GetAsync(StackReference stack, CustomResource resource, string name, CancellationToken cancellationToken)
    {
        var call = new ClusterCall(stack.Cluster, "get", resource, stack.Namespace, name);
        return CallAsync(
            call,
            (client, token) => client.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>(
                resource.Group, resource.Version, call.Namespace, resource.Plural, name, token),
            isNothing: ex => ex.Response.StatusCode is System.Net.HttpStatusCode.NotFound && ClusterErrors.IsAboutObject(ex),
            cancellationToken);
    }

    // Text, because the null must be written: a commit and a branch together are an invalid spec.
    private static string Patch(string resourceVersion, string commit, string request) => new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["resourceVersion"] = resourceVersion,
            ["annotations"] = new JsonObject { [StackAnnotations.ReconciliationRequest] = request },
        },
        ["spec"] = new JsonObject { ["commit"] = commit, ["branch"] = null },
    }.ToJsonString();

    private async Task<JsonObject?> CallAsync(
        ClusterCall call,
        Func<IKubernetes, CancellationToken, Task<JsonObject>> send,
        Func<HttpOperationException, bool> isNothing,
        CancellationToken cancellationToken)
    {
        var cluster = clusters.Get(call.Cluster);
        using var patience = new CancellationTokenSource(cluster.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await send(cluster.Client, either.Token) ?? throw new JsonException("the answer is null");
        }
        catch (HttpOperationException ex) when (isNothing(ex))
        {
            return null;
        }
        catch (HttpOperationException ex)
        {
            throw ClusterErrors.From(call, ex);
        }
        catch (Exception ex) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested && ex is OperationCanceledException or HttpRequestException or IOException)
        {
            throw ClusterErrors.Silent(call, cluster.Timeout, ex);
        }
        catch (Exception ex) when (ex is HttpRequestException or IOException)
        {
            throw ClusterErrors.Unreachable(call, ex);
        }
        catch (Exception ex) when (ex is JsonException or NotSupportedException)
        {
            throw ClusterErrors.Garbled(call, ex);
        }
        catch (KubeConfigException ex)
        {
            throw ClusterErrors.NoCredentials(call, ex);
        }
    }
}
