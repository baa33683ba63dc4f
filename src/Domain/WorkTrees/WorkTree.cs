using System.Text.Json.Nodes;

namespace Waybill.Domain.WorkTrees;

/// <summary>
/// The files of a promotion as its steps see them, though none is on a disk: which commits were checked out where, and what was
/// changed since, as edits that can be made again. Small enough to be part of the promotion's record, so work survives a restart
/// between any two steps, and an edit can be replayed on a branch that moved.
/// </summary>
public sealed record WorkTree
{
    public static WorkTree Empty { get; } = new();

    /// <summary>Everything done to files so far, in order, by paths relative to the promotion's working directory.</summary>
    public IReadOnlyList<FileEdit> Edits { get; init; } = [];
}

/// <summary>A change to one file that can be made again on another version of the file.</summary>
/// <param name="Path">Relative to the promotion's working directory, with slashes, normalised.</param>
/// <param name="Kind">Which editor makes it, such as <c>yaml-update</c>.</param>
/// <param name="Arguments">What the editor is given, expressions evaluated.</param>
public sealed record FileEdit(string Path, string Kind, JsonObject Arguments);
