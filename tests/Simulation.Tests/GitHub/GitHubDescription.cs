using System.Text.Json.Nodes;
using NJsonSchema;

namespace Waybill.Simulation.Tests.GitHub;

/// <summary>GitHub's own OpenAPI description (npm package @octokit/openapi), turned into JSON schemas that answers are checked against.</summary>
internal sealed class GitHubDescription(JsonObject document)
{
    public const string Variable = "WAYBILL_GITHUB_OPENAPI";

    private const string RefPrefix = "#/components/schemas/";

    private static readonly Lazy<GitHubDescription?> Loaded = new(Load);

    /// <summary>Null when the description is not there.</summary>
    public static GitHubDescription? Instance => Loaded.Value;

    /// <summary>What an answer gets wrong; an undocumented status is wrong too.</summary>
    public async Task<IReadOnlyList<string>> FindViolationsAsync(string method, string path, int status, string body)
    {
        var response = document["paths"]?[path]?[method]?["responses"]?[$"{status}"]
            ?? throw new InvalidOperationException($"GitHub does not describe {method} {path} {status}.");
        if (response["$ref"]?.GetValue<string>() is { } shared)
        {
            response = document["components"]!["responses"]![shared[(shared.LastIndexOf('/') + 1)..]]!;
        }

        return await ValidateAsync(response["content"]!["application/json"]!["schema"]!, body);
    }

    /// <summary>What a webhook's body gets wrong.</summary>
    public Task<IReadOnlyList<string>> FindViolationsAsync(string schema, string body) =>
        ValidateAsync(new JsonObject { ["$ref"] = RefPrefix + schema }, body);

    private static GitHubDescription? Load() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path && File.Exists(path)
            ? new GitHubDescription((JsonObject)JsonNode.Parse(File.ReadAllBytes(path))!)
            : null;

    private async Task<IReadOnlyList<string>> ValidateAsync(JsonNode openApi, string body)
    {
        var definitions = new JsonObject();
        var schema = (JsonObject)Convert(openApi, definitions);
        var root = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["allOf"] = new JsonArray(schema), ["definitions"] = definitions };
        var parsed = await JsonSchema.FromJsonAsync(root.ToJsonString());
        return [.. parsed.Validate(body).Select(e => e.ToString())];
    }

    // OpenAPI 3.0 says "nullable"; JSON schema knows only the type null.
    private JsonNode Convert(JsonNode node, JsonObject definitions)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(i => i is null ? null : Convert(i, definitions))]);
            case JsonObject source when source["$ref"]?.GetValueKind() is System.Text.Json.JsonValueKind.String:
                return OrNull(Define(source["$ref"]!.GetValue<string>(), definitions), IsNullable(source));
            case JsonObject source:
                var target = new JsonObject();
                foreach (var (name, value) in source.Where(p => p.Key is not ("nullable" or "example" or "examples" or "description" or "deprecated" or "default" or "discriminator")))
                {
                    target[name] = name is "properties" ? ConvertProperties((JsonObject)value!, definitions) : value is null ? null : Convert(value, definitions);
                }

                return OrNull(target, IsNullable(source));
            default:
                return node.DeepClone();
        }
    }

    // A property may be called "description" or "nullable" itself.
    private JsonObject ConvertProperties(JsonObject properties, JsonObject definitions) =>
        new(properties.Select(p => KeyValuePair.Create<string, JsonNode?>(p.Key, p.Value is null ? null : Convert(p.Value, definitions))));

    private JsonObject Define(string reference, JsonObject definitions)
    {
        var name = reference[RefPrefix.Length..];
        if (!definitions.ContainsKey(name))
        {
            definitions[name] = true;
            definitions[name] = Convert(document["components"]!["schemas"]![name]!, definitions);
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{name}" };
    }

    private static bool IsNullable(JsonObject schema) =>
        schema["nullable"]?.GetValueKind() is System.Text.Json.JsonValueKind.True;

    private static JsonObject OrNull(JsonObject schema, bool nullable) => nullable
        ? new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) }
        : schema;
}
