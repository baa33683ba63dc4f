using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Webhooks;

/// <summary>The proof that a webhook comes from GitHub: HMAC-SHA256 of the raw body, in the header <c>X-Hub-Signature-256</c>.</summary>
public static class GitHubSignature
{
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>The header's value for a body.</summary>
    public static string Sign(string secret, ReadOnlySpan<byte> rawBody) => Prefix + Convert.ToHexStringLower(Hash(secret, rawBody));

    /// <summary>Whether the header signs exactly these bytes with this secret. An empty secret proves nothing and is never valid.</summary>
    public static bool IsValid(string secret, ReadOnlySpan<byte> rawBody, string? header) => IsValid([secret], rawBody, header);

    /// <summary>The same for a rotation, during which the old secret and the new one both count.</summary>
    public static bool IsValid(IReadOnlyList<string> secrets, ReadOnlySpan<byte> rawBody, string? header)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryReadHash(header, claimed))
        {
            return false;
        }

        var valid = false;
        foreach (var secret in secrets)
        {
            // No early exit: the time taken must not tell which secret matched, or how far.
            valid |= CryptographicOperations.FixedTimeEquals(Hash(secret, rawBody), claimed) & secret.Length > 0;
        }

        return valid;
    }

    private static byte[] Hash(string secret, ReadOnlySpan<byte> rawBody) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), rawBody);

    private static bool TryReadHash(string? header, Span<byte> hash) =>
        header is not null
        && header.StartsWith(Prefix, StringComparison.Ordinal)
        && header.Length == Prefix.Length + (2 * hash.Length)
        && Convert.FromHexString(header.AsSpan(Prefix.Length), hash, out _, out var written) is System.Buffers.OperationStatus.Done
        && written == hash.Length;
}
