using System.Globalization;
using System.Text;

namespace Waybill.Expressions.Values;

/// <summary>JSON strings as Go's encoder escapes them, HTML's special characters included.</summary>
internal static class JsonEscapes
{
    public static void AppendQuoted(StringBuilder builder, string text)
    {
        builder.Append('"');
        for (var index = 0; index < text.Length; index++)
        {
            var unit = text[index];
            if (char.IsSurrogate(unit))
            {
                index += AppendSurrogate(builder, text, index);
            }
            else
            {
                AppendUnit(builder, unit);
            }
        }

        builder.Append('"');
    }

    private static void AppendUnit(StringBuilder builder, char unit)
    {
        var escape = unit switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' =>
                "\\u" + ((int)unit).ToString("x4", CultureInfo.InvariantCulture),
            _ => null,
        };

        if (escape is null)
        {
            builder.Append(unit);
        }
        else
        {
            builder.Append(escape);
        }
    }

    // Half a pair is no character; Go's encoder writes the replacement for it.
    private static int AppendSurrogate(StringBuilder builder, string text, int index)
    {
        if (index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]))
        {
            builder.Append(text, index, 2);

            return 1;
        }

        builder.Append("\\ufffd");

        return 0;
    }
}
