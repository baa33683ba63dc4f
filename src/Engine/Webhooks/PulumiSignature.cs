namespace Waybill.Engine.Webhooks;

/// <summary>The proof that a webhook comes from Pulumi Cloud: HMAC-SHA256 of the raw body in bare hex, in the header <c>Pulumi-Webhook-Signature</c>.</summary>
public static class PulumiSignature
{
    public const string HeaderName = "Pulumi-Webhook-Signature";

    /// <summary>The header's value for a body.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> rawBody) => HmacSignature.Sign(secret, rawBody);

    /// <summary>Whether the header signs exactly these bytes with one of the secrets. An empty secret proves nothing and is never valid.</summary>
    public static bool IsValid(IReadOnlyList<string> secrets, ReadOnlySpan<byte> rawBody, string? header) =>
        header is not null && HmacSignature.IsValid(secrets, rawBody, header);
}
