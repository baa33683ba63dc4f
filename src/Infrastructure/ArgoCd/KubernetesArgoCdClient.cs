using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Waybill.Domain.ArgoCd;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.ArgoCd;

/// <summary>Applications over the Kubernetes API: one method is one HTTP call, nothing is retried in here.</summary>
internal sealed class KubernetesArgoCdClient(ClusterCalls calls, ClusterRegistry clusters, IOptions<ArgoCdOptions> options) : IArgoCdClient
{
    private const int MaximumListed = 100;

    public ApplicationReference Locate(string? @namespace, string name) => new(Cluster(), @namespace ?? options.Value.Namespace, name);

    public async Task<ApplicationSnapshot?> GetAsync(ApplicationReference application, CancellationToken cancellationToken) =>
        await calls.GetAsync(Call("get", application), cancellationToken) is { } found ? ApplicationMapping.Application(application, found) : null;

    public async Task<IReadOnlyList<ApplicationSnapshot>> ListAsync(string? @namespace, string labelSelector, CancellationToken cancellationToken)
    {
        var place = Locate(@namespace, "");
        var list = await calls.ListAsync(Call("list", place), labelSelector, MaximumListed, cancellationToken);
        if (SnapshotMapping.Text(SnapshotMapping.Member(list, "metadata")["continue"]) is not null)
        {
            throw new ClusterException(
                ClusterErrorKind.Invalid, $"More than {MaximumListed} Applications in {place.Cluster}/{place.Namespace} have the labels {labelSelector}: narrow the selector.");
        }

        return
        [
            .. (list["items"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(item => ApplicationMapping.Application(place with { Name = SnapshotMapping.Text(item["metadata"]?["name"]) ?? "" }, item)),
        ];
    }

    public Task SyncAsync(ApplicationSnapshot application, ApplicationSync sync, CancellationToken cancellationToken) =>
        calls.PatchAsync(Call("patch", application.Reference), ApplicationPatches.Sync(application, sync), cancellationToken);

    public Task RefreshAsync(ApplicationReference application, bool hard, CancellationToken cancellationToken) =>
        calls.PatchAsync(Call("patch", application), ApplicationPatches.Refresh(hard), cancellationToken);

    private string Cluster()
    {
        var names = clusters.Names.ToList();
        return options.Value.Cluster is { Length: > 0 } named ? named
            : names is [var only] ? only
            : throw new ClusterException(
                ClusterErrorKind.UnknownCluster,
                names.Count == 0
                    ? $"There are no clusters in the settings, so there is none with Argo CD: add {KubernetesOptions.Section}:NAME:Kubeconfig."
                    : $"There are several clusters in the settings ({string.Join(", ", names)}): set {ArgoCdOptions.Section}:Cluster to the one that Argo CD runs in.");
    }

    private static ClusterCall Call(string verb, ApplicationReference application) =>
        new(application.Cluster, verb, CustomResource.Application, application.Namespace, application.Name);
}
