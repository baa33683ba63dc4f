using System.Text.Json;

namespace Waybill.Engine.Webhooks;

/// <summary>The JSON of a <c>pull_request</c> webhook, as far as it is read.</summary>
internal sealed record PullRequestPayload(string? Action, int Number, RepositoryPayload? Repository)
{
    /// <summary>Null for what is no such JSON.</summary>
    public static PullRequestPayload? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, PushPayloadContext.Default.PullRequestPayload);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
