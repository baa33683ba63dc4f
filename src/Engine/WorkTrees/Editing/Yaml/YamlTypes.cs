using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>What a scalar's text means, by the rules of the library that Kargo reads YAML with: YAML 1.1, dates as text.</summary>
internal static partial class YamlTypes
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    /// <summary>Whether it is a string, by its quotes, tag or looks.</summary>
    public static bool IsText(YamlScalar scalar) => scalar.Tag is null
        ? !scalar.IsPlain || (!IsNull(scalar.Text) && Value(scalar.Text) is null)
        : scalar.Tag is TagPrefix + "str" or TagPrefix + "binary" || !scalar.Tag.StartsWith(TagPrefix, StringComparison.Ordinal);

    public static JsonNode? ToJson(YamlScalar scalar) =>
        IsText(scalar) ? scalar.Text : IsNull(scalar.Text) ? null : Value(scalar.Text) ?? scalar.Text;

    private static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    private static JsonNode? Value(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ when text.Length > 64 || !MayBeNumber().IsMatch(text) => null,
        _ => Integer(text.Replace("_", "", StringComparison.Ordinal)) ?? Real(text.Replace("_", "", StringComparison.Ordinal)),
    };

    private static JsonValue? Integer(string text)
    {
        var negative = text.StartsWith('-');
        var digits = text.TrimStart('-', '+');
        var number = digits switch
        {
            ['0', 'x' or 'X', ..] => Parse(digits[2..], 16),
            ['0', 'b' or 'B', ..] => Parse(digits[2..], 2),
            ['0', 'o' or 'O', ..] => Parse(digits[2..], 8),
            ['0', _, ..] => Parse(digits[1..], 8),
            _ => Parse(digits, 10),
        };
        return number is { } found ? JsonValue.Create(negative ? -found : found) : null;
    }

    private static long? Parse(string digits, int numberBase)
    {
        long number = 0;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : numberBase;
            if (value >= numberBase || number > (long.MaxValue - value) / numberBase)
            {
                return null;
            }

            number = (number * numberBase) + value;
        }

        return digits.Length == 0 ? null : number;
    }

    private static JsonValue? Real(string text) =>
        Decimal().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;

    [GeneratedRegex(@"\A[-+]?[0-9.][0-9a-fA-FxXoObB_.+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MayBeNumber();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
