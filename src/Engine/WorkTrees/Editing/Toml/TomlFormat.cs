using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Syntax;

namespace Waybill.Engine.WorkTrees.Editing.Toml;

/// <summary>TOML files.</summary>
public sealed class TomlFormat : IFileFormat
{
    public string Name => "toml";

    public string Update(string text, IReadOnlyList<FileUpdate> updates)
    {
        var index = TomlIndex.Read(text);
        var splices = new Dictionary<ValueSyntax, TextSplice>(ReferenceEqualityComparer.Instance);
        foreach (var update in updates)
        {
            var value = index.Find(update.Key);
            var (start, end) = (value.Span.Start.Offset, value.Span.End.Offset + 1);
            splices[value] = new TextSplice(start, end, Write(value, text[start..end], update));
        }

        var changed = TextSplice.Apply(text, splices.Values);
        TomlIndex.Read(changed);
        return changed;
    }

    public JsonNode? Parse(string text)
    {
        EditLimits.Check(text);
        try
        {
            var table = TomlSerializer.Deserialize<TomlTable>(text) ?? [];
            return table.Count > 0 ? Read(table) : throw new FileEditException("the file says nothing");
        }
        catch (TomlException broken)
        {
            throw TomlIndex.NotToml(broken);
        }
    }

    /// <summary>As Kargo's encoder writes it: in single quotes where it can.</summary>
    public string Show(JsonNode? value) => value is JsonValue text && text.GetValueKind() is JsonValueKind.String
        ? Literal(text.GetValue<string>()) ?? JsonText.Of(text.GetValue<string>())
        : value?.ToJsonString() ?? "null";

    private static string Write(ValueSyntax old, string raw, FileUpdate update) => update switch
    {
        { IsText: true } => (raw is ['\'', ..] ? Literal(update.Text) : null) ?? JsonText.Of(update.Text),
        _ when old is FloatValueSyntax && long.TryParse(update.Text, CultureInfo.InvariantCulture, out _) => $"{update.Text}.0",
        _ => update.Text,
    };

    private static string? Literal(string text) => text.Any(c => c == '\'' || char.IsControl(c)) ? null : $"'{text}'";

    private static JsonNode? Read(object? value) => value switch
    {
        TomlTable table => new JsonObject(table.Select(f => KeyValuePair.Create(f.Key, Read(f.Value)))),
        TomlTableArray tables => new JsonArray([.. tables.Select(Read)]),
        TomlArray array => new JsonArray([.. array.Select(Read)]),
        bool flag => flag,
        long number => number,
        double number when double.IsFinite(number) => number,
        string text => text,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
