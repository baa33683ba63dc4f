using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Engine.Webhooks;

/// <summary>HMAC-SHA256 over a webhook's raw bytes, written as lower-case hex: what GitHub and Pulumi Cloud both sign with.</summary>
internal static class HmacSignature
{
    public static string Sign(string secret, ReadOnlySpan<byte> rawBody) => Convert.ToHexStringLower(Hash(secret, rawBody));

    /// <summary>Whether the hex text signs exactly these bytes with one of the secrets. An empty secret proves nothing and is never valid.</summary>
    public static bool IsValid(IReadOnlyList<string> secrets, ReadOnlySpan<byte> rawBody, ReadOnlySpan<char> hex)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (hex.Length != 2 * claimed.Length
            || Convert.FromHexString(hex, claimed, out _, out var written) is not OperationStatus.Done
            || written != claimed.Length)
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
}
