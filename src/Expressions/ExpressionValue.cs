using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>
/// Conversions to and from the values of expressions: null, bool, long, double, string, DateTimeOffset, TimeSpan,
/// <c>IReadOnlyList&lt;object?&gt;</c>, <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.
/// </summary>
public static class ExpressionValue
{
    /// <summary>
    /// A value of an expression from a .NET value: numbers of any size, JSON, UTC dates, collections and string-keyed
    /// maps of these. Other kinds are refused with an <see cref="ExpressionFunctionException"/> naming the type.
    /// </summary>
    public static object? From(object? value) => ValueImport.Import(value, null);

    /// <summary>A JSON value; <c>1</c> is a long and <c>1.0</c> a double, and the last of equal keys counts.</summary>
    public static object? FromJson(JsonElement element) => JsonImport.Read(element, 0);

    /// <inheritdoc cref="FromJson(JsonElement)"/>
    public static object? FromJson(JsonNode? node) => JsonImport.Read(node, 0);

    /// <summary>JSON for a value: dates as RFC 3339 text, durations in nanoseconds, keys in the map's order.</summary>
    /// <exception cref="ArgumentException">The value holds what JSON has no word for, such as infinity.</exception>
    public static JsonNode? ToJson(object? value)
    {
        try
        {
            return JsonExport.Write(From(value), 0);
        }
        catch (Fault fault)
        {
            throw new ArgumentException(fault.Message, nameof(value), fault);
        }
    }

    /// <summary>A value as mixed template text shows it: a string as it is, anything else as compact JSON.</summary>
    /// <exception cref="ArgumentException">The value holds what JSON has no word for, or is too long.</exception>
    public static string ToText(object? value)
    {
        try
        {
            return Format(From(value), new Budget(EvaluationLimits.Default));
        }
        catch (Fault fault)
        {
            throw new ArgumentException(fault.Message, nameof(value), fault);
        }
    }

    internal static string Format(object? value, Budget budget) =>
        value as string ?? JsonText.Compact(value, budget);
}
