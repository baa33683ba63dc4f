namespace Waybill.Engine.Webhooks;

/// <summary>The proof that a webhook comes from GitHub: HMAC-SHA256 of the raw body, in the header <c>X-Hub-Signature-256</c>.</summary>
public static class GitHubSignature
{
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>The header's value for a body.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> rawBody) => Prefix + HmacSignature.Sign(secret, rawBody);

    /// <summary>Whether the header signs exactly these bytes with this secret. An empty secret proves nothing and is never valid.</summary>
    public static bool IsValid(string secret, ReadOnlySpan<byte> rawBody, string? header) => IsValid([secret], rawBody, header);

    /// <summary>The same for a rotation, during which the old secret and the new one both count.</summary>
    public static bool IsValid(IReadOnlyList<string> secrets, ReadOnlySpan<byte> rawBody, string? header) =>
        header is not null
        && header.StartsWith(Prefix, StringComparison.Ordinal)
        && HmacSignature.IsValid(secrets, rawBody, header.AsSpan(Prefix.Length));
}
