using System.Text;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>Strings in double quotes with no more escapes than they need, such as JSON and TOML both read.</summary>
internal static class JsonText
{
    public static string Of(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            quoted.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' => $"\\u{(int)unit:X4}",
                _ => unit.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
