using System.Text.Json;
using System.Text.Json.Serialization;
using Waybill.Domain.PulumiCloud;

namespace Waybill.Engine.Webhooks;

/// <summary>Pulumi Cloud's webhook, as far as it says which stack it is about. It names no commit: it is only a reason to look.</summary>
internal sealed record PulumiHookPayload(PulumiHookOrganization? Organization, string? ProjectName, string? StackName)
{
    /// <summary>The stack; null when the body is not about one.</summary>
    /// <exception cref="JsonException">The body is not JSON of an object.</exception>
    public static PulumiStackName? ReadStack(ReadOnlySpan<byte> body)
    {
        var payload = JsonSerializer.Deserialize(body, PulumiHookJson.Default.PulumiHookPayload) ?? throw new JsonException("The body is null.");
        return PulumiStackName.TryParse($"{payload.Organization?.GitHubLogin ?? payload.Organization?.Name}/{payload.ProjectName}/{payload.StackName}", out var name) ? name : null;
    }
}

/// <summary>The organization of a webhook; its login is what stacks' names begin with.</summary>
internal sealed record PulumiHookOrganization([property: JsonPropertyName("githubLogin")] string? GitHubLogin, string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 32)]
[JsonSerializable(typeof(PulumiHookPayload))]
internal sealed partial class PulumiHookJson : JsonSerializerContext;
