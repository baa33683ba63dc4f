using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>A value to set in a file.</summary>
/// <param name="Key">Where.</param>
/// <param name="Value">A string, a number or a boolean.</param>
public sealed record FileUpdate(KeyPath Key, JsonValue Value)
{
    public bool IsText => Value.GetValueKind() is JsonValueKind.String;

    /// <summary>A string's characters, or a number or boolean as JSON writes it.</summary>
    public string Text => IsText ? Value.GetValue<string>() : Value.ToJsonString();

    /// <summary>Reads the updates of an edit's arguments.</summary>
    /// <exception cref="FileEditException">A key or a value is wrong.</exception>
    public static IReadOnlyList<FileUpdate> ReadAll(JsonObject arguments) =>
        [.. (arguments["updates"] as JsonArray ?? []).OfType<JsonObject>().Select(Read)];

    private static FileUpdate Read(JsonObject update)
    {
        var key = KeyPath.Parse((string?)update["key"] ?? "");
        return update["value"] is JsonValue value && value.GetValueKind() is not JsonValueKind.Null
            ? new FileUpdate(key, value)
            : throw new FileEditException(update["value"] is null
                ? $"{key} would be set to nothing: where an expression may find no value, give one (… ?? \"\")"
                : $"{key} would be set to a {(update["value"] is JsonArray ? "list" : "mapping")}: only strings, numbers and booleans can be set");
    }
}
