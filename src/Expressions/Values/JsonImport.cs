using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Expressions.Values;

/// <summary>Reads JSON into values.</summary>
internal static class JsonImport
{
    public static object? Read(JsonElement element, int depth)
    {
        Guard(depth);

        return element.ValueKind switch
        {
            JsonValueKind.Object => ReadObject(element, depth),
            JsonValueKind.Array => element.EnumerateArray().Select(item => Read(item, depth + 1)).ToArray(),
            JsonValueKind.String => Text(element),
            JsonValueKind.Number => JsonNumbers.Read(element.GetRawText()),
            JsonValueKind.True => Boxed.True,
            JsonValueKind.False => Boxed.False,
            _ => null,
        };
    }

    public static object? Read(JsonNode? node, int depth)
    {
        Guard(depth);

        return node switch
        {
            JsonObject map => ReadObject(map, depth),
            JsonArray array => array.Select(item => Read(item, depth + 1)).ToArray(),
            JsonValue value => ReadValue(value),
            _ => null,
        };
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException failure)
        {
            throw new ExpressionFunctionException("the JSON holds a string with half of a character", failure);
        }
    }

    private static Dictionary<string, object?> ReadObject(JsonElement element, int depth)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            map[property.Name] = Read(property.Value, depth + 1);
        }

        return map;
    }

    private static Dictionary<string, object?> ReadObject(JsonObject node, int depth)
    {
        var map = new Dictionary<string, object?>(node.Count, StringComparer.Ordinal);
        foreach (var (key, value) in node)
        {
            map[key] = Read(value, depth + 1);
        }

        return map;
    }

    // A node made in memory holds a .NET value, whose type says what its text would not: 1.0 prints as 1.
    private static object? ReadValue(JsonValue value)
    {
        if (value.TryGetValue<JsonElement>(out var element))
        {
            return Read(element, 0);
        }

        return value.TryGetValue<double>(out var real) ? real
            : value.TryGetValue<decimal>(out var exact) ? (double)exact
            : value.TryGetValue<float>(out var single) ? (double)single
            : Read(JsonSerializer.SerializeToElement(value), 0);
    }

    private static void Guard(int depth)
    {
        if (depth > ParseLimits.MaxValueDepth)
        {
            throw new ExpressionFunctionException(
                $"the JSON nests deeper than {ParseLimits.MaxValueDepth} arrays and objects (MaxValueDepth)");
        }
    }
}
