using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waybill.Engine.Secrets;

/// <summary>The shapes in which a secret value may be met: itself, its lines, and what JSON, URLs, HTML and Base64 make of it.</summary>
internal static class SecretForms
{
    // Fewer characters of Base64 come up by chance.
    private const int ShortestBase64 = 8;

    public static IEnumerable<string> Of(string secret)
    {
        // A key of several lines is often shown a line at a time.
        var lines = secret.Split('\n', '\r').Select(l => l.Trim()).Where(l => l.Length > 0);
        foreach (var text in lines.Append(secret).Append(secret.Trim()).Where(t => t.Length >= Masker.ShortestMasked))
        {
            yield return text;
            yield return JsonEncodedText.Encode(text).ToString();
            yield return JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
            yield return Uri.EscapeDataString(text);
            yield return HtmlEncoder.Default.Encode(text);
        }

        foreach (var text in Base64(Encoding.UTF8.GetBytes(secret)))
        {
            yield return text;
            yield return text.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>Base64 goes by three bytes, so a value within a longer one (<c>user:password</c>) has one of three shapes.</summary>
    private static IEnumerable<string> Base64(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. secret]).TrimEnd('=');
            var start = before == 0 ? 0 : before + 1;
            var end = (before + secret.Length) % 3 == 0 ? text.Length : text.Length - 1;
            if (end - start >= ShortestBase64)
            {
                yield return text[start..end];
            }
        }
    }
}
