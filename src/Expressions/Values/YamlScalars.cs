using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Waybill.Expressions.Dates;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Scalars of YAML, quoted only where they would read as something else.</summary>
internal static partial class YamlScalars
{
    public static string Of(object? value, Budget budget) => value switch
    {
        null => "null",
        double real when double.IsNaN(real) => ".nan",
        double real when double.IsInfinity(real) => real > 0 ? ".inf" : "-.inf",
        DateTimeOffset date => Instants.Rfc3339(date),
        NamedNumber named => named.Value.ToString(CultureInfo.InvariantCulture),
        SemanticVersion or TimeZoneInfo => Text(ValueText.Of(value, budget), 0),
        _ => ValueText.Of(value, budget),
    };

    /// <summary>A key, which is on one line whatever it holds.</summary>
    public static string Key(string text) => text.Contains('\n', StringComparison.Ordinal) ? DoubleQuoted(text) : OneLine(text);

    /// <summary>A string: plain, quoted, or a literal block indented under its parent.</summary>
    public static string Text(string text, int indent) =>
        !text.Contains('\n', StringComparison.Ordinal) ? OneLine(text)
        : CanBeBlock(text) ? Block(text, Math.Max(indent, 4))
        : DoubleQuoted(text);

    /// <summary>Whether a text may stand in a block as it is, and reads as that text.</summary>
    public static bool IsPlain(string text) =>
        !text.Any(IsEscaped) && !ReadsAsAnotherKind().IsMatch(text) && !IsUnsafePlain().IsMatch(text);

    /// <summary>Whether a character has to be escaped, or would break the line.</summary>
    public static bool IsEscaped(char unit) => char.IsControl(unit) || unit is '\u2028' or '\u2029' or '\uFEFF';

    private static string OneLine(string text) =>
        text.Any(IsEscaped) ? DoubleQuoted(text)
        : ReadsAsAnotherKind().IsMatch(text) ? DoubleQuoted(text)
        : IsUnsafePlain().IsMatch(text) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
        : text;

    private static bool CanBeBlock(string text) =>
        text[0] is not (' ' or '\n')
        && !text.Any(character => char.IsControl(character) && character is not ('\n' or '\t'))
        && !text.Contains(" \n", StringComparison.Ordinal)
        && text[^1] != ' ';

    private static string Block(string text, int indent)
    {
        var chomping = !text.EndsWith('\n') ? "-" : text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : "";
        var block = new StringBuilder("|").Append(chomping).Append('\n');
        var body = text.EndsWith('\n') ? text[..^1] : text;
        foreach (var line in body.Split('\n'))
        {
            block.Append(' ', line.Length > 0 ? indent : 0).Append(line).Append('\n');
        }

        return block.ToString();
    }

    public static string DoubleQuoted(string text)
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
                _ when IsEscaped(unit) => unit < 256 ? $"\\x{(int)unit:X2}" : $"\\u{(int)unit:X4}",
                _ => unit.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    // Nothing, null, booleans old and new, numbers in any base, infinities, dates, times of base 60, the merge key.
    [GeneratedRegex(
        """
        \A(|~|null|true|false|y|n|yes|no|on|off|<<|=
        |[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)(e[-+]?[0-9]+)?
        |[-+]?0(x[0-9a-f_]+|o[0-7_]+|b[01_]+)
        |[-+]?\.inf|\.nan
        |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt\ ].*)?
        |[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
        )\z
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex ReadsAsAnotherKind();

    // What a plain scalar of a block may not start with, contain or end with.
    [GeneratedRegex(
        """\A[\#,\[\]{}&*!|>'"%@`\s]|\A[-?:](\s|\z)|\A(---|\.\.\.)|:(\s|\z)|\s\#|\s\z""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex IsUnsafePlain();
}
