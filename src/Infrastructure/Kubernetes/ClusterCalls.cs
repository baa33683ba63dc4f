using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Calls about custom resources: one method is one HTTP call, bounded in time; nothing is retried in here.</summary>
internal sealed class ClusterCalls(ClusterRegistry clusters, TimeProvider time)
{
    /// <summary>The object, or null when there is none.</summary>
    public Task<JsonObject?> GetAsync(ClusterCall call, CancellationToken cancellationToken) => CallAsync(
        call,
        (client, token) => client.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>(
            call.Resource.Group, call.Resource.Version, call.Namespace, call.Resource.Plural, call.Name, token),
        isNothing: ex => ex.Response.StatusCode is System.Net.HttpStatusCode.NotFound && ClusterErrors.IsAboutObject(ex),
        cancellationToken);

    /// <summary>Applies a merge patch and returns the object as it is then. Text, because nulls must be written.</summary>
    public async Task<JsonObject> PatchAsync(ClusterCall call, string patch, CancellationToken cancellationToken) => (await CallAsync(
        call,
        (client, token) => client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
            new V1Patch(patch, V1Patch.PatchType.MergePatch),
            call.Resource.Group, call.Resource.Version, call.Namespace, call.Resource.Plural, call.Name, cancellationToken: token),
        isNothing: _ => false,
        cancellationToken))!;

    /// <summary>The list of objects with certain labels, cut at a limit: then its metadata has a <c>continue</c>.</summary>
    public async Task<JsonObject> ListAsync(ClusterCall call, string labelSelector, int limit, CancellationToken cancellationToken) => (await CallAsync(
        call,
        (client, token) => client.CustomObjects.ListNamespacedCustomObjectAsync<JsonObject>(
            call.Resource.Group, call.Resource.Version, call.Namespace, call.Resource.Plural, labelSelector: labelSelector, limit: limit, cancellationToken: token),
        isNothing: _ => false,
        cancellationToken))!;

    /// <summary>Creates the object; null when there is one of its name already.</summary>
    public Task<JsonObject?> CreateAsync(ClusterCall call, JsonObject manifest, CancellationToken cancellationToken) => CallAsync(
        call,
        (client, token) => client.CustomObjects.CreateNamespacedCustomObjectAsync<JsonObject>(
            manifest, call.Resource.Group, call.Resource.Version, call.Namespace, call.Resource.Plural, cancellationToken: token),
        isNothing: ex => ex.Response.StatusCode is System.Net.HttpStatusCode.Conflict,
        cancellationToken);

    /// <summary>Deletes the object and what it owns; null when there is none.</summary>
    public Task<JsonObject?> DeleteAsync(ClusterCall call, CancellationToken cancellationToken) => CallAsync(
        call,
        (client, token) => client.CustomObjects.DeleteNamespacedCustomObjectAsync<JsonObject>(
            call.Resource.Group, call.Resource.Version, call.Namespace, call.Resource.Plural, call.Name, propagationPolicy: "Background", cancellationToken: token),
        isNothing: ex => ex.Response.StatusCode is System.Net.HttpStatusCode.NotFound && ClusterErrors.IsAboutObject(ex),
        cancellationToken);

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
