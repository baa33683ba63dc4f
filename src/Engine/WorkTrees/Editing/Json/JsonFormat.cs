using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing.Json;

/// <summary>JSON files.</summary>
public sealed class JsonFormat : IFileFormat
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = JsonReader.Options.MaxDepth,
        CommentHandling = JsonReader.Options.CommentHandling,
        AllowTrailingCommas = JsonReader.Options.AllowTrailingCommas,
    };

    public string Name => "json";

    public string Update(string text, IReadOnlyList<FileUpdate> updates) => Encoding.UTF8.GetString(
        updates.Aggregate(Encoding.UTF8.GetBytes(text), (bytes, update) => new JsonEdit(bytes, update).Apply()));

    public JsonNode? Parse(string text)
    {
        try
        {
            // Through a document, because a node finds equal names only when they are asked for.
            using var document = JsonDocument.Parse(text, Options);
            return Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            throw JsonReader.NotJson(broken);
        }
    }

    public string Show(JsonNode? value) => value is JsonValue text && text.GetValueKind() is JsonValueKind.String
        ? JsonText.Of(text.GetValue<string>())
        : value?.ToJsonString() ?? "null";

    private static JsonNode? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(element.Clone()),
    };

    // Of equal names the last counts.
    private static JsonObject ReadObject(JsonElement element)
    {
        var fields = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            fields[property.Name] = Read(property.Value);
        }

        return fields;
    }
}
