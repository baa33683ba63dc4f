using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees;

/// <summary>One way of changing a file's text: pure, so that an edit can be made again on a newer version of the file.</summary>
public interface IFileEditor
{
    /// <summary>The name under which edits are recorded, such as <c>yaml-update</c>.</summary>
    string Kind { get; }

    /// <summary>The text after the edit.</summary>
    /// <param name="before">The file's text; null when there is no such file.</param>
    /// <param name="arguments">As the edit recorded them.</param>
    /// <exception cref="FileEditException">The text can't be read, or has no place for the edit.</exception>
    string Apply(string? before, JsonObject arguments);
}

/// <summary>A file can't be edited as asked; the message names the place in it and, where there is one, the remedy.</summary>
public sealed class FileEditException(string message, Exception? inner = null) : Exception(message, inner);
