using System.Text.Json.Nodes;
using Waybill.Expressions.Dates;

namespace Waybill.Expressions.Values;

/// <summary>Writes values as JSON nodes that keep ints and floats apart.</summary>
internal static class JsonExport
{
    public static JsonNode? Write(object? value, int depth) => value switch
    {
        null => null,
        bool truth => JsonValue.Create(truth),
        long integer => JsonValue.Create(integer),
        double real => double.IsFinite(real)
            ? JsonValue.Create(real)
            : throw new Fault($"JSON has no number for {FloatText.Plain(real)}"),
        string text => JsonValue.Create(text),
        DateTimeOffset date => JsonValue.Create(Instants.Rfc3339(date)),
        TimeSpan span => JsonValue.Create(Durations.Nanoseconds(span)),
        NamedNumber named => JsonValue.Create(named.Value),
        TimeZoneInfo zone => JsonValue.Create(zone.Id),
        SemanticVersion version => JsonValue.Create(version.ToString()),
        ByteArray bytes => JsonValue.Create(Convert.ToBase64String(bytes.Bytes)),
        IReadOnlyDictionary<string, object?> map => WriteMap(map, Depth.Next(depth)),
        IReadOnlyList<object?> array => WriteArray(array, Depth.Next(depth)),
        _ => throw new Fault($"a {ValueKind.Name(value)} cannot be written as JSON"),
    };

    private static JsonObject WriteMap(IReadOnlyDictionary<string, object?> map, int depth)
    {
        var node = new JsonObject();
        foreach (var (key, value) in map)
        {
            node[key] = Write(value, depth);
        }

        return node;
    }

    private static JsonArray WriteArray(IReadOnlyList<object?> array, int depth)
    {
        var node = new JsonArray();
        foreach (var value in array)
        {
            node.Add(Write(value, depth));
        }

        return node;
    }
}
