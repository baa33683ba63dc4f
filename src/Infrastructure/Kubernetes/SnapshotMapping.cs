using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Domain.Stacks;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>
/// Reads the operator's objects as far as Waybill needs them. Everything that may be missing may be missing: the operator has
/// not looked yet, is of another version, or omits what is empty. Empty text counts as missing.
/// </summary>
internal static class SnapshotMapping
{
    public static StackSnapshot Stack(StackReference reference, JsonObject stack)
    {
        var (metadata, spec, status) = (Member(stack, "metadata"), Member(stack, "spec"), Member(stack, "status"));
        return new StackSnapshot
        {
            Reference = reference,
            ResourceVersion = Text(metadata["resourceVersion"]) ?? "",
            Generation = Number(metadata["generation"]),
            IsBeingDeleted = Text(metadata["deletionTimestamp"]) is not null,
            Annotations = Texts(metadata, "annotations"),
            Labels = Texts(metadata, "labels"),
            Commit = Text(spec["commit"]),
            Branch = Text(spec["branch"]),
            Preview = Flag(spec["preview"]),
            ProjectRepo = Text(spec["projectRepo"]),
            PulumiStack = Text(spec["stack"]),
            ObservedGeneration = Number(status["observedGeneration"]),
            ObservedReconcileRequest = Text(status["observedReconcileRequest"]),
            LastUpdate = status["lastUpdate"] is JsonObject last ? LastUpdate(last) : null,
            CurrentUpdate = status["currentUpdate"] is JsonObject current
                ? new(Number(current["generation"]), Text(current["name"]), Text(current["commit"]))
                : null,
            Ready = Condition(status, "Ready"),
            Reconciling = Condition(status, "Reconciling"),
            Stalled = Condition(status, "Stalled"),
        };
    }

    public static WorkspaceSnapshot Workspace(JsonObject workspace)
    {
        var status = Member(workspace, "status");
        var stalled = Condition(status, "Stalled");
        return new WorkspaceSnapshot(
            Number(Member(workspace, "metadata")["generation"]),
            stalled is { IsTrue: true } ? Number(FindCondition(status, "Stalled")!["observedGeneration"]) : null,
            Condition(status, "Ready"),
            stalled);
    }

    public static UpdateSnapshot Update(JsonObject update)
    {
        var status = Member(update, "status");
        var conditions = new[] { "Failed", "Complete", "Progressing" }.Select(type => Condition(status, type)).ToList();
        var said = Text(status["message"])
            ?? conditions.Where(c => c is { IsTrue: true }).Select(c => $"{c!.Reason}: {c.Message}".Trim(' ', ':')).FirstOrDefault()
            ?? "";
        return new UpdateSnapshot(conditions[1] is { IsTrue: true }, conditions[0] is { IsTrue: true }, said);
    }

    /// <summary>Parses an object; null for anything else, throws <see cref="JsonException"/> for what is no JSON.</summary>
    public static JsonObject? Parse(string? json) => string.IsNullOrWhiteSpace(json) ? null : JsonNode.Parse(json) as JsonObject;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static long Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;

    private static bool Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static JsonObject Member(JsonObject parent, string name) => parent[name] as JsonObject ?? [];

    public static Dictionary<string, string> Texts(JsonObject metadata, string name) => Member(metadata, name)
        .Select(a => (a.Key, Value: Text(a.Value)))
        .Where(a => a.Value is not null)
        .ToDictionary(a => a.Key, a => a.Value!, StringComparer.Ordinal);

    private static StackLastUpdate LastUpdate(JsonObject last) => new()
    {
        Generation = Number(last["generation"]),
        ReconcileRequest = Text(last["reconcileRequest"]),
        Name = Text(last["name"]),
        Type = Text(last["type"]),
        State = Text(last["state"]),
        Message = Text(last["message"]),
        LastAttemptedCommit = Text(last["lastAttemptedCommit"]),
        LastSuccessfulCommit = Text(last["lastSuccessfulCommit"]),
        Permalink = Text(last["permalink"]),
        Failures = (int)Math.Clamp(Number(last["failures"]), 0, int.MaxValue),
    };

    private static JsonObject? FindCondition(JsonObject status, string type) =>
        (status["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(c => Text(c["type"]) == type);

    private static StackCondition? Condition(JsonObject status, string type) => FindCondition(status, type) is { } condition
        ? new(Text(condition["status"]) is "True", Text(condition["reason"]) ?? "", Text(condition["message"]) ?? "")
        : null;
}
