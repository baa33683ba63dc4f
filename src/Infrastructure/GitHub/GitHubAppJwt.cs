using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Waybill.Infrastructure.GitHub;

/// <summary>The signed statement with which a GitHub App asks for an installation token.</summary>
internal static class GitHubAppJwt
{
    // GitHub refuses a statement from the future (its clock may be behind ours) and one valid for more than ten minutes.
    private static readonly TimeSpan Backdating = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);

    public static string Create(string appId, string privateKeyPem, DateTimeOffset now)
    {
        var claims = $$"""{"iat":{{(now - Backdating).ToUnixTimeSeconds()}},"exp":{{(now + Lifetime).ToUnixTimeSeconds()}},"iss":"{{JsonEncodedText.Encode(appId)}}"}""";
        var signed = $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(claims)}";
        using var rsa = RSA.Create();
        rsa.ImportFromPem(privateKeyPem);
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
