using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>An answer of the API server that is an error, worded as a kube-apiserver words it.</summary>
internal sealed class ApiFailure(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    /// <summary>The <c>Status</c> object of the answer's body.</summary>
    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = reason,
        ["details"] = details?.DeepClone() ?? new JsonObject(),
        ["code"] = Code,
    };

    public static ApiFailure NotFound(ResourceKind kind, string name) =>
        new(404, "NotFound", $"{kind.FullName} \"{name}\" not found", Details(kind, name));

    public static ApiFailure AlreadyExists(ResourceKind kind, string name) =>
        new(409, "AlreadyExists", $"{kind.FullName} \"{name}\" already exists", Details(kind, name));

    public static ApiFailure Conflict(ResourceKind kind, string name) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {kind.FullName} \"{name}\": the object has been modified; please apply your changes to the latest version and try again",
        Details(kind, name));

    public static ApiFailure Invalid(ResourceKind kind, string name, string problem) =>
        new(422, "Invalid", $"{kind.Kind}.{kind.Group} \"{name}\" is invalid: {problem}", Details(kind, name));

    public static ApiFailure BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiFailure Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiFailure Forbidden(string user, ApiCall call) => new(
        403,
        "Forbidden",
        $"{call.Kind.FullName}{(call.Name is null ? "" : $" \"{call.Name}\"")} is forbidden: User \"{user}\" cannot {call.Verb} resource "
        + $"\"{call.Kind.Plural}\" in API group \"{call.Kind.Group}\""
        + (call.Namespace is null ? " at the cluster scope" : $" in the namespace \"{call.Namespace}\""),
        Details(call.Kind, call.Name));

    private static JsonObject Details(ResourceKind kind, string? name) => name is null
        ? new() { ["group"] = kind.Group, ["kind"] = kind.Plural }
        : new() { ["name"] = name, ["group"] = kind.Group, ["kind"] = kind.Plural };
}
