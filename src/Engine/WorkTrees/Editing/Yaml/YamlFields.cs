namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>What values mean, aliases and merge keys taken for what they stand for.</summary>
internal static class YamlFields
{
    /// <summary>The value itself, where an alias stands for it.</summary>
    public static YamlNode Resolve(YamlNode node) => node is YamlAlias alias ? Resolve(alias.Target) : node;

    /// <summary>A mapping's fields, those that <c>&lt;&lt;</c> brings in included.</summary>
    public static IReadOnlyList<(string Name, YamlNode Value)> Of(YamlMapping mapping)
    {
        var fields = new OrderedDictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var merged in mapping.Entries.Where(e => e.IsMerge).SelectMany(e => Merged(Resolve(e.Value))).SelectMany(Of))
        {
            fields.TryAdd(merged.Name, merged.Value);
        }

        foreach (var entry in mapping.Entries.Where(e => !e.IsMerge))
        {
            fields[Name(entry)] = entry.Value;
        }

        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    public static bool IsNull(YamlNode node) => Resolve(node) is YamlScalar scalar && YamlTypes.ToJson(scalar) is null;

    private static IEnumerable<YamlMapping> Merged(YamlNode value) => value switch
    {
        YamlMapping mapping => [mapping],
        YamlSequence list => list.Items.Select(Resolve).SelectMany(Merged),
        _ => [],
    };

    private static string Name(YamlEntry entry) => Resolve(entry.Key) is YamlScalar key
        ? key.Text
        : throw new FileEditException($"line {entry.Key.Line}: {entry.Key.Kind} can't be the name of a field");
}
