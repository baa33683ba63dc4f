using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Waybill.Simulation.Cluster.Api;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>The operator's calls to its cluster, simulated or real.</summary>
/// <param name="client">The cluster.</param>
/// <param name="namespace">The only namespace to look at; null for all.</param>
internal sealed class OperatorApi(IKubernetes client, string? @namespace)
{
    public async Task<List<OperatorObject>> ListAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var list = @namespace is null
            ? await client.CustomObjects.ListClusterCustomObjectAsync<JsonObject>(kind.Group, kind.Version, kind.Plural, cancellationToken: cancellationToken)
            : await client.CustomObjects.ListNamespacedCustomObjectAsync<JsonObject>(
                kind.Group, kind.Version, @namespace, kind.Plural, cancellationToken: cancellationToken);
        return [.. list["items"]!.AsArray().OfType<JsonObject>().Select(item => new OperatorObject(kind, (JsonObject)item.DeepClone()))];
    }

    public Task<OperatorObject> CreateAsync(ResourceKind kind, string inNamespace, string name, JsonObject spec, CancellationToken cancellationToken) =>
        CreateAsync(kind, inNamespace, name, new JsonObject(), spec, cancellationToken);

    /// <summary>Creates an object with more metadata than its name.</summary>
    public async Task<OperatorObject> CreateAsync(
        ResourceKind kind, string inNamespace, string name, JsonObject metadata, JsonObject spec, CancellationToken cancellationToken)
    {
        metadata["name"] = name;
        metadata["namespace"] = inNamespace;
        var wanted = new JsonObject { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, ["metadata"] = metadata, ["spec"] = spec };
        return new(kind, await client.CustomObjects.CreateNamespacedCustomObjectAsync<JsonObject>(
            wanted, kind.Group, kind.Version, inNamespace, kind.Plural, cancellationToken: cancellationToken));
    }

    public async Task<OperatorObject> PatchAsync(OperatorObject target, JsonObject patch, CancellationToken cancellationToken) =>
        new(target.Kind, await client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
            new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch),
            target.Kind.Group, target.Kind.Version, target.Namespace, target.Kind.Plural, target.Name, cancellationToken: cancellationToken));

    /// <summary>Writes the status when it differs from what was read; a conflict throws, and the next round begins anew.</summary>
    public async Task SaveStatusAsync(OperatorObject target, CancellationToken cancellationToken)
    {
        if (target.HasNewStatus)
        {
            target.Replace(await client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync<JsonObject>(
                target.Json, target.Kind.Group, target.Kind.Version, target.Namespace, target.Kind.Plural, target.Name, cancellationToken: cancellationToken));
        }
    }

    public async Task DeleteAsync(OperatorObject target, CancellationToken cancellationToken)
    {
        try
        {
            await client.CustomObjects.DeleteNamespacedCustomObjectAsync<JsonObject>(
                target.Kind.Group, target.Kind.Version, target.Namespace, target.Kind.Plural, target.Name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException ex) when (ex.Response.StatusCode is System.Net.HttpStatusCode.NotFound)
        {
            // Somebody was faster.
        }
    }
}
