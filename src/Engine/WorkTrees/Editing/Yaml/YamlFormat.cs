using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>YAML files. Of several documents the first is meant, as in Kargo; the others stay as they are.</summary>
public sealed class YamlFormat : IFileFormat
{
    public string Name => "yaml";

    public string Update(string text, IReadOnlyList<FileUpdate> updates)
    {
        var documents = YamlReader.Read(text);
        var finder = new YamlFinder(documents);
        var changes = new Dictionary<YamlNode, FileUpdate>(ReferenceEqualityComparer.Instance);
        var splices = new Dictionary<YamlNode, TextSplice>(ReferenceEqualityComparer.Instance);
        foreach (var update in updates)
        {
            var place = finder.Find(update.Key);
            var isSame = place.Node is YamlScalar scalar && YamlCheck.Is(scalar, update);
            changes[place.Node] = update;
            splices[place.Node] = isSame ? new TextSplice(place.Node.Start, place.Node.Start, "") : YamlScalarWriter.Replace(text, place, new(update.Text, update.IsText));
        }

        var changed = TextSplice.Apply(text, splices.Values);
        YamlCheck.OnlyChanged(documents, YamlReader.Read(changed), changes);
        return changed;
    }

    public JsonNode? Parse(string text) => YamlReader.Read(text) is [{ } root, ..]
        ? YamlToJson.Convert(root)
        : throw new FileEditException("the file says nothing");

    /// <summary>A string that would be read as something else is shown in quotes.</summary>
    public string Show(JsonNode? value) => value is JsonValue text && text.GetValueKind() is JsonValueKind.String
        ? Quoted(text.GetValue<string>())
        : value?.ToJsonString() ?? "null";

    private static string Quoted(string text)
    {
        var isOther = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            || text is "t" or "T" or "true" or "TRUE" or "True" or "f" or "F" or "false" or "FALSE" or "False"
            || IsJson(text);
        return isOther ? JsonText.Of(text) : text;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
