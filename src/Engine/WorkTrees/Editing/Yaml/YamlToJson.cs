using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>What a document says, aliases and merge keys resolved.</summary>
internal sealed class YamlToJson
{
    private int _values;

    public static JsonNode? Convert(YamlNode? root) => new YamlToJson().Read(root, 0);

    private JsonNode? Read(YamlNode? node, int depth)
    {
        // Aliases within aliases grow without end in a few lines.
        if (++_values > EditLimits.MaxValues || depth > EditLimits.MaxDepth)
        {
            throw new FileEditException($"more than {EditLimits.MaxDepth} levels or {EditLimits.MaxValues} values, counting aliases as what they stand for");
        }

        return node switch
        {
            YamlAlias alias => Read(alias.Target, depth + 1),
            YamlScalar scalar => YamlTypes.ToJson(scalar),
            YamlSequence list => new JsonArray([.. list.Items.Select(i => Read(i, depth + 1))]),
            YamlMapping mapping => ReadMapping(mapping, depth),
            _ => null,
        };
    }

    private JsonObject ReadMapping(YamlMapping mapping, int depth)
    {
        var fields = new JsonObject();
        foreach (var merged in mapping.Entries.Where(e => e.IsMerge).SelectMany(e => Merged(e.Value, depth)))
        {
            // Of several the first counts.
            fields.TryAdd(merged.Key, merged.Value?.DeepClone());
        }

        foreach (var entry in mapping.Entries.Where(e => !e.IsMerge))
        {
            fields[Name(entry.Key)] = Read(entry.Value, depth + 1);
        }

        return fields;
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Merged(YamlNode value, int depth) => value switch
    {
        YamlSequence list => list.Items.SelectMany(i => Merged(i, depth)),
        _ => Read(value, depth + 1) as JsonObject ?? throw new FileEditException($"line {value.Line}: << takes a mapping or a list of mappings"),
    };

    private static string Name(YamlNode key) => key switch
    {
        YamlScalar scalar => scalar.Text,
        YamlAlias { Target: YamlScalar scalar } => scalar.Text,
        _ => throw new FileEditException($"line {key.Line}: {key.Kind} can't be the name of a field"),
    };
}
