using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using Waybill.Simulation.Cluster.Api;
using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>One Stack of an Application: as Git wants it, as it is, and what lies between.</summary>
/// <param name="Wanted">The part of the manifest that is applied; null when there is none any more.</param>
/// <param name="Live">The Stack; null when there is none.</param>
internal sealed record ComparedStack(string Namespace, string Name, JsonObject? Wanted, OperatorObject? Live)
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public bool IsSynced => Wanted is not null && Live is not null && Difference.Count == 0;

    private JsonObject Difference => ThreeWay.Patch(LastAppliedOf(Live), Wanted!, Live?.Json);

    /// <summary>What to send: the whole object for one to create, else a merge patch.</summary>
    public JsonObject ToApply()
    {
        var patch = Live is null ? (JsonObject)Wanted!.DeepClone() : Difference;
        var metadata = (JsonObject)(patch["metadata"] ??= new JsonObject());
        ((JsonObject)(metadata["annotations"] ??= new JsonObject()))[LastApplied] = Wanted!.ToJsonString();
        return patch;
    }

    private static JsonObject? LastAppliedOf(OperatorObject? live) =>
        OperatorObject.Text(live?.Metadata["annotations"] as JsonObject, LastApplied) is { } text ? JsonNode.Parse(text) as JsonObject : null;
}

/// <summary>Tells which Stacks are an Application's, and how they differ from Git.</summary>
internal static class StackComparison
{
    public static IReadOnlyList<ComparedStack> Compare(OperatorObject application, IReadOnlyList<JsonObject> wanted, IReadOnlyList<OperatorObject> live)
    {
        var compared = wanted.Select(w => Compare(application, w, live)).ToList();
        var orphans = live.Where(l => IsTrackedBy(application, l) && !compared.Any(c => (c.Namespace, c.Name) == (l.Namespace, l.Name)));
        compared.AddRange(orphans.Select(o => new ComparedStack(o.Namespace, o.Name, null, o)));
        return compared;
    }

    public static bool IsTrackedBy(OperatorObject application, OperatorObject stack) =>
        OperatorObject.Text(stack.Metadata["annotations"] as JsonObject, TrackingId.Annotation) == IdOf(application, stack.Namespace, stack.Name);

    private static ComparedStack Compare(OperatorObject application, JsonObject manifest, IReadOnlyList<OperatorObject> live)
    {
        var (@namespace, name) = ((string)manifest["metadata"]!["namespace"]!, (string)manifest["metadata"]!["name"]!);
        var annotations = manifest["metadata"]!["annotations"]?.DeepClone() as JsonObject ?? [];
        annotations[TrackingId.Annotation] = IdOf(application, @namespace, name);
        var metadata = new JsonObject { ["annotations"] = annotations };
        if (manifest["metadata"]!["labels"] is JsonObject labels)
        {
            metadata["labels"] = labels.DeepClone();
        }

        var wanted = new JsonObject { ["metadata"] = metadata, ["spec"] = manifest["spec"]?.DeepClone() ?? new JsonObject() };
        return new(@namespace, name, wanted, live.FirstOrDefault(l => l.Namespace == @namespace && l.Name == name));
    }

    private static string IdOf(OperatorObject application, string @namespace, string name) =>
        new TrackingId(null, application.Name, ResourceKind.Stack.Group, ResourceKind.Stack.Kind, @namespace, name).ToString();
}
