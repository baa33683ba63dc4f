using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.Cluster.Api;

/// <summary>A kind of object that the simulated API server serves.</summary>
/// <param name="Fields">The spec's fields that the server checks, and their JSON types.</param>
internal sealed record ResourceKind(
    string Kind, string Group, string Version, string Plural, IReadOnlyDictionary<string, JsonValueKind> Fields, params string[] Required)
{
    // PKO appends to the name in objects that have limits of their own; its CRD says so in a CEL rule.
    private const int MaximumStackName = 42;
    private const int MaximumAnnotations = 256 * 1024;

    public static ResourceKind Stack { get; } = new(
        "Stack",
        "pulumi.com",
        "v1",
        "stacks",
        new Dictionary<string, JsonValueKind>
        {
            ["stack"] = JsonValueKind.String,
            ["projectRepo"] = JsonValueKind.String,
            ["repoDir"] = JsonValueKind.String,
            ["commit"] = JsonValueKind.String,
            ["branch"] = JsonValueKind.String,
            ["preview"] = JsonValueKind.True,
            ["refresh"] = JsonValueKind.True,
            ["destroyOnFinalize"] = JsonValueKind.True,
        },
        "stack");

    public static ResourceKind Workspace { get; } = new(
        "Workspace", "auto.pulumi.com", "v1alpha1", "workspaces", new Dictionary<string, JsonValueKind> { ["git"] = JsonValueKind.Object });

    public static ResourceKind Update { get; } = new(
        "Update",
        "auto.pulumi.com",
        "v1alpha1",
        "updates",
        new Dictionary<string, JsonValueKind> { ["workspaceName"] = JsonValueKind.String, ["type"] = JsonValueKind.String });

    /// <summary>Argo CD's Application. Its status is an ordinary field: whoever may write the object may write it.</summary>
    public static ResourceKind Application { get; } = new(
        "Application",
        "argoproj.io",
        "v1alpha1",
        "applications",
        new Dictionary<string, JsonValueKind>
        {
            ["project"] = JsonValueKind.String,
            ["destination"] = JsonValueKind.Object,
            ["source"] = JsonValueKind.Object,
            ["sources"] = JsonValueKind.Array,
            ["syncPolicy"] = JsonValueKind.Object,
        },
        "project",
        "destination")
    {
        HasStatusSubresource = false,
    };

    public static IReadOnlyList<ResourceKind> All { get; } = [Stack, Workspace, Update, Application];

    /// <summary>Whether the status is written by calls of its own, which change nothing else.</summary>
    public bool HasStatusSubresource { get; private init; } = true;

    public string FullName => $"{Plural}.{Group}";

    public string ApiVersion => $"{Group}/{Version}";

    /// <summary>Throws what the server answers to an object that its definition does not allow.</summary>
    public void Validate(string name, JsonObject resource)
    {
        if (this == Stack && name.Length > MaximumStackName)
        {
            throw ApiFailure.Invalid(this, name, $"metadata.name: Too long: must have at most {MaximumStackName} characters");
        }

        if (resource["metadata"]?["annotations"] is JsonObject annotations && annotations.ToJsonString().Length > MaximumAnnotations)
        {
            throw ApiFailure.Invalid(this, name, $"metadata.annotations: Too long: must have at most {MaximumAnnotations} bytes");
        }

        var spec = resource["spec"] as JsonObject ?? [];
        foreach (var field in Required.Where(field => spec[field] is null))
        {
            throw ApiFailure.Invalid(this, name, $"spec.{field}: Required value");
        }

        foreach (var (field, wanted) in Fields)
        {
            if (spec[field] is { } value && TypeName(value.GetValueKind()) != TypeName(wanted))
            {
                var seen = TypeName(value.GetValueKind());
                throw ApiFailure.Invalid(
                    this, name, $"spec.{field}: Invalid value: \"{seen}\": spec.{field} in body must be of type {TypeName(wanted)}: \"{seen}\"");
            }
        }
    }

    private static string TypeName(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "integer",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => "string",
    };
}
