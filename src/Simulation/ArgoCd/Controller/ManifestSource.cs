using System.Text.Json.Nodes;
using Waybill.Domain.Freights;
using Waybill.Simulation.Cluster.Api;
using Waybill.Simulation.Cluster.Operator;
using Waybill.Simulation.GitHub;
using YamlDotNet.Core;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>What Git says an Application should look like, or why that can't be said.</summary>
/// <param name="Revisions">One commit a source.</param>
/// <param name="Stacks">The Stacks that the manifests describe, each with a namespace.</param>
/// <param name="Error">Why there is nothing to compare with; null when there is.</param>
internal sealed record Target(IReadOnlyList<string> Revisions, IReadOnlyList<JsonObject> Stacks, string? Error = null)
{
    public static Target Unknown(string error) => new([], [], error);
}

/// <summary>Reads the manifests that Applications name. Of the objects in them only Stacks count.</summary>
internal sealed class ManifestSource(IReadOnlyList<SimulatedRepository> repositories)
{
    /// <summary>The sources of an Application: <c>spec.sources</c>, or the one <c>spec.source</c>.</summary>
    public static IReadOnlyList<JsonObject> SourcesOf(OperatorObject application) => application.Spec["sources"] is JsonArray { Count: > 0 } many
        ? [.. many.OfType<JsonObject>()]
        : application.Spec["source"] is JsonObject one ? [one] : [];

    /// <summary>Reads the manifests at the revisions that are asked for; a missing or empty one means the source's own.</summary>
    public Target Read(OperatorObject application, IReadOnlyList<string> asked)
    {
        var destination = OperatorObject.Text(application.Spec["destination"] as JsonObject, "namespace") ?? "default";
        var (revisions, stacks) = (new List<string>(), new List<JsonObject>());
        foreach (var (source, index) in SourcesOf(application).Select((s, i) => (s, i)))
        {
            var url = OperatorObject.Text(source, "repoURL") ?? "";
            var wanted = asked.ElementAtOrDefault(index) is { Length: > 0 } revision ? revision : OperatorObject.Text(source, "targetRevision");
            if (Find(url)?.Resolve(wanted) is not { } commit)
            {
                return Target.Unknown($"Failed to load target state: unable to resolve '{wanted ?? "HEAD"}' of {url} to a commit SHA");
            }

            if (Add(stacks, Find(url)!, commit, source, destination) is { } error)
            {
                return Target.Unknown(error);
            }

            revisions.Add(commit.Sha);
        }

        return new(revisions, stacks);
    }

    private static string? Add(List<JsonObject> stacks, SimulatedRepository repository, SimulatedCommit commit, JsonObject source, string destination)
    {
        var folder = (OperatorObject.Text(source, "path") ?? "").Trim('/', '.');
        string[] files = [.. commit.Tree.Keys.Where(f => IsManifest(f, folder, IsRecursive(source)))];
        if (folder.Length > 0 && !commit.Tree.Keys.Any(f => f.StartsWith($"{folder}/", StringComparison.Ordinal)))
        {
            return $"Failed to load target state: failed to generate manifest for source 1 of 1: {folder}: app path does not exist";
        }

        try
        {
            var objects = files.SelectMany(f => ManifestYaml.Read(repository.ReadText(commit.Sha, f)!));
            stacks.AddRange(objects.Where(IsStack).Select(o => Into(destination, o)));
            return null;
        }
        catch (YamlException ex)
        {
            return $"Failed to load target state: failed to unmarshal manifest: {ex.Message}";
        }
    }

    private static bool IsManifest(string file, string folder, bool isRecursive)
    {
        var inside = folder.Length == 0 ? file : file.StartsWith($"{folder}/", StringComparison.Ordinal) ? file[(folder.Length + 1)..] : null;
        return inside is not null && (isRecursive || !inside.Contains('/', StringComparison.Ordinal))
            && Path.GetExtension(inside) is ".yaml" or ".yml" or ".json";
    }

    private static bool IsRecursive(JsonObject source) => source["directory"]?["recurse"]?.GetValue<bool>() is true;

    private static bool IsStack(JsonObject manifest) =>
        OperatorObject.Text(manifest, "kind") == ResourceKind.Stack.Kind && OperatorObject.Text(manifest, "apiVersion") == ResourceKind.Stack.ApiVersion
        && manifest["metadata"]?["name"] is not null;

    private static JsonObject Into(string destination, JsonObject manifest)
    {
        manifest["metadata"]!["namespace"] ??= destination;
        return manifest;
    }

    private SimulatedRepository? Find(string url) => repositories.FirstOrDefault(r => GitUrl.SameRepository(r.CloneUrl, url));
}
