using System.Globalization;
using System.Text.Json.Nodes;
using Waybill.Domain.ArgoCd;
using static Waybill.Infrastructure.Kubernetes.SnapshotMapping;

namespace Waybill.Infrastructure.ArgoCd;

/// <summary>Reads Applications as far as Waybill needs them. As with the operator's objects, everything that may be missing may be missing.</summary>
internal static class ApplicationMapping
{
    public static ApplicationSnapshot Application(ApplicationReference reference, JsonObject application)
    {
        var (metadata, spec, status) = (Member(application, "metadata"), Member(application, "spec"), Member(application, "status"));
        var (policy, sync) = (Member(spec, "syncPolicy"), Member(status, "sync"));
        return new ApplicationSnapshot
        {
            Reference = reference,
            ResourceVersion = Text(metadata["resourceVersion"]) ?? "",
            IsBeingDeleted = Text(metadata["deletionTimestamp"]) is not null,
            Annotations = Texts(metadata, "annotations"),
            Sources = [.. SourcesOf(spec).Select(Source)],
            HasSourceList = spec["sources"] is JsonArray { Count: > 0 },
            SyncOptions = [.. List(policy, "syncOptions").Select(o => Text(o) ?? "")],
            Retry = policy["retry"]?.DeepClone() as JsonObject,
            Requested = application["operation"] is JsonObject operation ? Operation(operation) : null,
            LastOperation = status["operationState"] is JsonObject state && Text(state["phase"]) is { } phase ? State(state, phase) : null,
            SyncStatus = Text(sync["status"]),
            SyncRevisions = Revisions(sync),
            Health = Text(Member(status, "health")["status"]),
            ReconciledAt = Moment(status["reconciledAt"]),
            Conditions = [.. Objects(status, "conditions").Select(c => new ApplicationCondition(Text(c["type"]) ?? "", Text(c["message"]) ?? ""))],
            History = [.. Objects(status, "history").Select(Revisions)],
            Stacks =
            [
                .. Objects(status, "resources").Where(r => Text(r["group"]) is "pulumi.com" && Text(r["kind"]) is "Stack")
                    .Select(r => new ManagedStack(Text(r["namespace"]) ?? "", Text(r["name"]) ?? "")),
            ],
        };
    }

    private static IEnumerable<JsonObject> SourcesOf(JsonObject spec) => spec["sources"] is JsonArray { Count: > 0 }
        ? Objects(spec, "sources")
        : spec["source"] is JsonObject one ? [one] : [];

    private static ApplicationSource Source(JsonObject source) =>
        new(Text(source["repoURL"]) ?? "", Text(source["chart"]), Text(source["targetRevision"]), (JsonObject)source.DeepClone());

    private static ApplicationOperation Operation(JsonObject operation)
    {
        var initiator = Member(operation, "initiatedBy");
        var isAutomated = initiator["automated"] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
        return new(
            Objects(operation, "info").Where(i => Text(i["name"]) is ApplicationAnnotations.PromotionInfo).Select(i => Text(i["value"])).FirstOrDefault(),
            Text(initiator["username"]) ?? (isAutomated ? "Argo CD's automated sync" : "somebody unnamed"));
    }

    private static ApplicationOperationState State(JsonObject state, string phase) => new(
        Operation(Member(state, "operation")), phase, Text(state["message"]) ?? "", Moment(state["finishedAt"]), Revisions(Member(state, "syncResult")));

    private static IReadOnlyList<string> Revisions(JsonObject holder) => holder["revisions"] is JsonArray { Count: > 0 }
        ? [.. List(holder, "revisions").Select(r => Text(r) ?? "")]
        : Text(holder["revision"]) is { } one ? [one] : [];

    private static IEnumerable<JsonNode?> List(JsonObject parent, string name) => parent[name] as JsonArray ?? [];

    private static IEnumerable<JsonObject> Objects(JsonObject parent, string name) => List(parent, name).OfType<JsonObject>();

    private static DateTimeOffset? Moment(JsonNode? node) =>
        DateTimeOffset.TryParse(Text(node), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
