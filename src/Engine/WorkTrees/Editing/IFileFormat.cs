using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing;

/// <summary>A kind of file whose values can be set and read.</summary>
public interface IFileFormat
{
    /// <summary>As steps are named after it: <c>yaml</c>, <c>json</c>, <c>toml</c>.</summary>
    string Name { get; }

    /// <summary>The text with values set, every other character as it was.</summary>
    /// <exception cref="FileEditException">The text can't be read, or has no place for a value.</exception>
    string Update(string text, IReadOnlyList<FileUpdate> updates);

    /// <summary>What the text says.</summary>
    /// <exception cref="FileEditException">The text can't be read.</exception>
    JsonNode? Parse(string text);

    /// <summary>A value as Kargo's commit messages show it.</summary>
    string Show(JsonNode? value);
}
