using System.Globalization;
using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster.Api;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>An object as the operator read it, with the status that it is working out.</summary>
internal sealed class OperatorObject(ResourceKind kind, JsonObject json)
{
    private JsonNode? _read = json["status"]?.DeepClone();

    public ResourceKind Kind => kind;

    public JsonObject Json { get; private set; } = json;

    public JsonObject Metadata => Json["metadata"]!.AsObject();

    public JsonObject Spec => Json["spec"] as JsonObject ?? [];

    public JsonObject Status
    {
        get
        {
            if (Json["status"] is not JsonObject status)
            {
                Json["status"] = status = [];
            }

            return status;
        }
    }

    public string Namespace => Text(Metadata, "namespace")!;

    public string Name => Text(Metadata, "name")!;

    public string Uid => Text(Metadata, "uid")!;

    public long Generation => Metadata["generation"]!.GetValue<long>();

    public bool IsBeingDeleted => Metadata["deletionTimestamp"] is not null;

    public bool HasNewStatus => !JsonNode.DeepEquals(_read ?? new JsonObject(), Status);

    /// <summary>Takes what the server made of it.</summary>
    public void Replace(JsonObject json)
    {
        Json = json;
        _read = json["status"]?.DeepClone();
    }

    public bool Is(string type) => Text(Find(type), "status") is "True";

    public long? ObservedGenerationOf(string type) => Find(type)?["observedGeneration"]?.GetValue<long>();

    public string MessageOf(string type) => Text(Find(type), "message") ?? "";

    public string ReasonOf(string type) => Text(Find(type), "reason") ?? "";

    /// <summary>Sets a condition; the time of its transition moves only when its status does.</summary>
    public void Set(string type, bool isTrue, string reason, string message, DateTimeOffset now, long? observedGeneration = null)
    {
        var status = isTrue ? "True" : "False";
        var before = Find(type);
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message,
            ["lastTransitionTime"] = Text(before, "status") == status ? Text(before, "lastTransitionTime") : Time(now),
        };
        if (observedGeneration is { } generation)
        {
            condition["observedGeneration"] = generation;
        }

        Remove(type);
        Conditions().Add(condition);
    }

    public void Remove(string type)
    {
        if (Find(type) is { } before)
        {
            Conditions().Remove(before);
        }
    }

    /// <summary>Sets a member of the status, or removes it when there is nothing to say, as the operator's omitempty does.</summary>
    public void SetStatus(string name, JsonNode? value)
    {
        Status.Remove(name);
        if (value is not null)
        {
            Status[name] = value;
        }
    }

    public static string? Text(JsonObject? parent, string name) => parent?[name]?.GetValue<string>();

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private JsonObject? Find(string type) => Conditions().OfType<JsonObject>().FirstOrDefault(c => Text(c, "type") == type);

    private JsonArray Conditions()
    {
        if (Status["conditions"] is not JsonArray conditions)
        {
            Status["conditions"] = conditions = [];
        }

        return conditions;
    }
}
