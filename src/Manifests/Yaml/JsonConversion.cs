using System.Text.Json.Nodes;

namespace Waybill.Manifests.Yaml;

/// <summary>YAML values as the JSON that step configurations are.</summary>
internal static class JsonConversion
{
    public static JsonNode? ToJson(this Node node) => node switch
    {
        ScalarNode scalar => ToJson(scalar),
        SequenceNode list => new JsonArray([.. list.Items.Select(ToJson)]),
        MappingNode map => ToJson(map),
        _ => null,
    };

    public static JsonObject ToJson(this MappingNode map) =>
        new(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, e.Value.ToJson())));

    private static JsonValue? ToJson(ScalarNode scalar)
    {
        switch (scalar.Type)
        {
            case ScalarType.Null:
                return null;
            case ScalarType.Bool:
                return JsonValue.Create(PlainScalar.IsTrue(scalar.Text));
            case ScalarType.Integer:
                PlainScalar.TryInteger(scalar.Text, out var integer);
                return JsonValue.Create(integer);
            case ScalarType.Float:
                PlainScalar.TryFloat(scalar.Text, out var number);
                return JsonValue.Create(number);
            default:
                return JsonValue.Create(scalar.Text);
        }
    }
}
