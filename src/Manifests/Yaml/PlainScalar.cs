using System.Globalization;
using System.Text.RegularExpressions;

namespace Waybill.Manifests.Yaml;

internal enum ScalarType
{
    Null,
    Bool,
    Integer,
    Float,
    Text,
}

/// <summary>The type of a value written without quotes, by YAML 1.2's core schema: <c>yes</c> and <c>0755</c> are text.</summary>
internal static partial class PlainScalar
{
    public static ScalarType TypeOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarType.Bool,
        _ when TryInteger(text, out _) => ScalarType.Integer,
        _ when TryFloat(text, out _) => ScalarType.Float,
        _ => ScalarType.Text,
    };

    public static bool IsTrue(string text) => text is "true" or "True" or "TRUE";

    public static bool TryInteger(string text, out long number)
    {
        number = 0;
        return DecimalInteger().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryFloat(string text, out double number)
    {
        number = 0;
        return DecimalNumber().IsMatch(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9]{0,18})\z")]
    private static partial Regex DecimalInteger();

    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9]{0,308})?(\.[0-9]{0,40})?([eE][-+]?[0-9]{1,3})?(?<=[0-9.])\z")]
    private static partial Regex DecimalNumber();
}
