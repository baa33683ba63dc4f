using System.Text.Json.Nodes;
using k8s;
using Waybill.Simulation.Cluster.Api;

namespace Waybill.Simulation.ArgoCd;

/// <summary>An Argo CD Application to create for a demo or a test: one folder of one repository, into one namespace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RepoUrl">The repository that holds the manifests.</param>
/// <param name="Path">The folder in it; empty for its root.</param>
public sealed record SimulatedApplication(string Name, string RepoUrl, string Path)
{
    /// <summary>Argo CD's own namespace.</summary>
    public string Namespace { get; init; } = "argocd";

    /// <summary>A branch, a tag or a commit.</summary>
    public string TargetRevision { get; init; } = "main";

    /// <summary>Where manifests go that name no namespace.</summary>
    public string DestinationNamespace { get; init; } = "default";

    /// <summary>The stages that may sync it: <c>project:stage[,project:stage]</c>; null for none.</summary>
    public string? AuthorizedStages { get; init; }

    /// <summary>Whether new commits are synced without anybody asking.</summary>
    public bool Automated { get; init; } = true;

    /// <summary>Whether changes that others make to the live objects are undone.</summary>
    public bool SelfHeal { get; init; }

    /// <summary>Whether objects go when their manifests do.</summary>
    public bool Prune { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Creates it in a cluster.</summary>
    public Task CreateAsync(IKubernetes client, CancellationToken cancellationToken = default)
    {
        var kind = ResourceKind.Application;
        return client.CustomObjects.CreateNamespacedCustomObjectAsync<JsonObject>(
            ToJson(), kind.Group, kind.Version, Namespace, kind.Plural, cancellationToken: cancellationToken);
    }

    private JsonObject ToJson() => new()
    {
        ["apiVersion"] = ResourceKind.Application.ApiVersion,
        ["kind"] = ResourceKind.Application.Kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["namespace"] = Namespace,
            ["labels"] = new JsonObject(Labels.Select(l => KeyValuePair.Create<string, JsonNode?>(l.Key, l.Value))),
            ["annotations"] = AuthorizedStages is null ? [] : new JsonObject { ["kargo.akuity.io/authorized-stage"] = AuthorizedStages },
        },
        ["spec"] = new JsonObject
        {
            ["project"] = "default",
            ["source"] = new JsonObject { ["repoURL"] = RepoUrl, ["targetRevision"] = TargetRevision, ["path"] = Path },
            ["destination"] = new JsonObject { ["server"] = "https://kubernetes.default.svc", ["namespace"] = DestinationNamespace },
            ["syncPolicy"] = Automated ? new JsonObject { ["automated"] = new JsonObject { ["prune"] = Prune, ["selfHeal"] = SelfHeal } } : [],
        },
    };
}
