using System.Text.Encodings.Web;
using System.Text.Json;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>Strings in double quotes, with no more escapes than they need.</summary>
internal static class JsonText
{
    public static string Of(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
