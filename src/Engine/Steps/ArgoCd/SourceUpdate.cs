using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Freights;

namespace Waybill.Engine.Steps.ArgoCd;

/// <summary>What an <c>argocd-update</c> wants of one source of its Applications.</summary>
/// <param name="RepoUrl">Which source: its repository.</param>
/// <param name="Chart">Which source: its chart; null for Git.</param>
/// <param name="DesiredRevision">What it should be synced to; null for whatever the source says.</param>
/// <param name="UpdatesTarget">Whether the source is set to that revision.</param>
/// <param name="KustomizeImages">Images to set, in Argo CD's notation.</param>
/// <param name="HelmParameters">Parameters to set.</param>
internal sealed record SourceUpdate(
    string RepoUrl,
    string? Chart,
    string? DesiredRevision,
    bool UpdatesTarget,
    IReadOnlyList<string> KustomizeImages,
    IReadOnlyList<KeyValuePair<string, string>> HelmParameters)
{
    public bool ChangesSource => UpdatesTarget || KustomizeImages.Count > 0 || HelmParameters.Count > 0;

    public static SourceUpdate Read(JsonObject source)
    {
        var desired = source.Text("desiredRevision") is { Length: > 0 } revision ? revision : null;
        var updatesTarget = source.Flag("updateTargetRevision");
        return updatesTarget && desired is null
            ? throw new StepConfigException("config.apps[].sources[].updateTargetRevision needs desiredRevision.")
            : new(
                source.RequiredText("repoURL"),
                source.Text("chart") is { Length: > 0 } chart ? chart : null,
                desired,
                updatesTarget,
                [.. Images(source, "kustomize").Select(ReadImage)],
                [.. Images(source, "helm").Select(i => KeyValuePair.Create(i.RequiredText("key"), i.Text("value") ?? ""))]);
    }

    /// <summary>Charts' repositories must be written alike; Git's may be written differently.</summary>
    public bool IsAbout(ApplicationSource source) => Chart == source.Chart
        && (Chart is null ? GitUrl.Normalize(RepoUrl) == GitUrl.Normalize(source.RepoUrl) : RepoUrl == source.RepoUrl);

    /// <summary>The source as it should be.</summary>
    public JsonObject Apply(JsonObject source)
    {
        var changed = (JsonObject)source.DeepClone();
        if (UpdatesTarget)
        {
            changed["targetRevision"] = DesiredRevision;
        }

        if (KustomizeImages.Count > 0)
        {
            Child(changed, "kustomize")["images"] = new JsonArray([.. KustomizeImages.Select(i => JsonValue.Create(i))]);
        }

        foreach (var (name, value) in HelmParameters)
        {
            SetParameter(Child(changed, "helm"), name, value);
        }

        return changed;
    }

    private static void SetParameter(JsonObject helm, string name, string value)
    {
        if (helm["parameters"] is not JsonArray parameters)
        {
            helm["parameters"] = parameters = [];
        }

        if (parameters.OfType<JsonObject>().FirstOrDefault(p => (string?)p["name"] == name) is { } existing)
        {
            existing["value"] = value;
        }
        else
        {
            parameters.Add(new JsonObject { ["name"] = name, ["value"] = value });
        }
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            parent[name] = child = [];
        }

        return child;
    }

    private static IReadOnlyList<JsonObject> Images(JsonObject source, string tool) => (source[tool] as JsonObject)?.Objects("images") ?? [];

    private static string ReadImage(JsonObject image)
    {
        var (repository, name) = (image.RequiredText("repoURL"), image.Text("newName"));
        var (digest, tag) = (image.Text("digest"), image.Text("tag"));
        var from = name is { Length: > 0 } ? $"{repository}={name}" : repository;
        return (digest, tag) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => throw new StepConfigException($"config.apps[].sources[].kustomize sets both digest and tag of {repository}."),
            ({ Length: > 0 }, _) => $"{from}@{digest}",
            (_, { Length: > 0 }) => $"{from}:{tag}",
            _ => throw new StepConfigException($"config.apps[].sources[].kustomize sets neither digest nor tag of {repository}."),
        };
    }
}
