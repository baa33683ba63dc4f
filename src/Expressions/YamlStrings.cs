using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>How text is written in YAML so that it stays text, for those who change files rather than write them anew.</summary>
public static class YamlStrings
{
    /// <summary>Whether a text may stand without quotes in a block: <c>0123456</c>, <c>1e10</c>, <c>yes</c> and <c>a: b</c> may not.</summary>
    public static bool IsPlain(string text) => YamlScalars.IsPlain(text);

    /// <summary>Whether a text needs the escapes of double quotes.</summary>
    public static bool NeedsEscapes(string text) => text.Any(YamlScalars.IsEscaped);

    public static string DoubleQuoted(string text) => YamlScalars.DoubleQuoted(text);
}
