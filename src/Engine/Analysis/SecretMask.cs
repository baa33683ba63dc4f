using System.Text;
using System.Text.Json;

namespace Waybill.Engine.Analysis;

/// <summary>Keeps secret values out of everything that people see, in the spellings that they take on their way.</summary>
internal sealed class SecretMask(IEnumerable<string> secrets)
{
    private const string Mask = "*****";

    // The longest first: a secret may hold another.
    private readonly string[] _spellings = [.. secrets.SelectMany(Spellings).Where(s => s.Length > 0).Distinct().OrderByDescending(s => s.Length)];

    public string Apply(string text) => _spellings.Aggregate(text, (masked, spelling) => masked.Replace(spelling, Mask, StringComparison.Ordinal));

    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret,
        secret.Trim(),
        Uri.EscapeDataString(secret),
        JsonEncodedText.Encode(secret).ToString(),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
    ];
}
