using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>
/// <c>yaml-merge</c>: writes what files merged to, <c>{ "contents" }</c>; or, where the file is itself the first of those that are
/// merged, lays the others over it, <c>{ "over": [...] }</c>, so that the edit can be made again on a newer version of it.
/// </summary>
public sealed class YamlMergeEditor : IFileEditor
{
    public const string EditKind = "yaml-merge";

    public string Kind => EditKind;

    public string Apply(string? before, JsonObject arguments) => arguments["over"] is JsonArray over
        ? Merge(over.Select(text => (string?)text ?? "").Prepend(before ?? ""))
        : (string?)arguments["contents"] ?? "";

    /// <summary>Every text laid over those before it.</summary>
    /// <exception cref="FileEditException">One can't be read, or they can't be merged.</exception>
    public static string Merge(IEnumerable<string> texts) => texts.Aggregate("", YamlMerger.Merge);
}
