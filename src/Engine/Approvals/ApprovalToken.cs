using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waybill.Engine.Approvals;

/// <summary>What an approval link proves: this person may decide this gate of this promotion until then.</summary>
/// <param name="Project">The project.</param>
/// <param name="Promotion">The promotion's name.</param>
/// <param name="Step">The index of the step that waits.</param>
/// <param name="Approver">The person.</param>
/// <param name="Satisfies">The approver rules they satisfied when the link was made.</param>
/// <param name="Expires">When it ends.</param>
public sealed record ApprovalToken(
    [property: JsonPropertyName("j")] string Project,
    [property: JsonPropertyName("p")] string Promotion,
    [property: JsonPropertyName("s")] int Step,
    [property: JsonPropertyName("a")] string Approver,
    [property: JsonPropertyName("r")] IReadOnlyList<string> Satisfies,
    [property: JsonPropertyName("e")] DateTimeOffset Expires);

/// <summary>Signs and reads approval tokens: Base64url of the content, a dot, and the HMAC-SHA256 over it.</summary>
public sealed class ApprovalTokenSigner(IReadOnlyList<byte[]> keys)
{
    private const int MaxLength = 4096;

    public string Sign(ApprovalToken token)
    {
        var content = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(token, ApprovalTokenJson.Default.ApprovalToken));
        return $"{content}.{Base64Url.EncodeToString(Mac(keys[0], content))}";
    }

    /// <summary>The token, or null when it is not one that we signed.</summary>
    public ApprovalToken? Read(string text)
    {
        if (text.Length > MaxLength || text.Split('.') is not [var content, var signature] || !IsSigned(content, signature))
        {
            return null;
        }

        return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(content), ApprovalTokenJson.Default.ApprovalToken);
    }

    private bool IsSigned(string content, string signature)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Base64Url.IsValid(signature, out var length) || length != given.Length || !Base64Url.TryDecodeFromChars(signature, given, out _))
        {
            return false;
        }

        var isSigned = false;
        foreach (var key in keys)
        {
            isSigned |= CryptographicOperations.FixedTimeEquals(given, Mac(key, content));
        }

        return isSigned;
    }

    // The prefix keeps a signature made for anything else with the same key from being taken for an approval.
    private static byte[] Mac(byte[] key, string content) =>
        HMACSHA256.HashData(key, System.Text.Encoding.UTF8.GetBytes($"waybill-approval-v1:{content}"));
}

[JsonSerializable(typeof(ApprovalToken))]
internal sealed partial class ApprovalTokenJson : JsonSerializerContext;
