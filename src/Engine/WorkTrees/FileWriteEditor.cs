using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees;

/// <summary>Gives a file its whole text.</summary>
public sealed class FileWriteEditor : IFileEditor
{
    public const string Name = "file-write";

    public string Kind => Name;

    public string Apply(string? before, JsonObject arguments) => (string)arguments["contents"]!;

    public static JsonObject Arguments(string contents) => new() { ["contents"] = contents };
}
