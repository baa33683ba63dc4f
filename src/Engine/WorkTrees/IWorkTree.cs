using System.Text.Json.Nodes;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Steps;

namespace Waybill.Engine.WorkTrees;

/// <summary>Opens a promotion's files for one run of one step.</summary>
public interface IWorkTrees
{
    IWorkTree Open(StepContext context);
}

/// <summary>
/// A promotion's files during one run of a step. Paths are relative to the working directory, as Kargo's steps write them
/// (<c>./manifests/stacks/dev.yaml</c>). Files are read from GitHub when they are asked for, each version once.
/// </summary>
public interface IWorkTree
{
    /// <summary>The files as they are now: what the step returns as <see cref="Domain.Promotions.StepResult.WorkTree"/> to keep its changes.</summary>
    WorkTree State { get; }

    /// <summary>A file's text, edits included; null when there is no such file.</summary>
    /// <exception cref="WorkTreeException">The path leads out of the working directory, or the file is too large or not text.</exception>
    Task<string?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>Changes a file and remembers how. Says whether that made a difference.</summary>
    /// <exception cref="FileEditException">The editor could not.</exception>
    /// <exception cref="WorkTreeException">As for reading.</exception>
    Task<bool> EditAsync(string path, string kind, JsonObject arguments, CancellationToken cancellationToken);

    /// <summary>What is at a path.</summary>
    /// <exception cref="WorkTreeException">The path leads out of the working directory.</exception>
    Task<PathContent> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>Every file below a directory, by paths relative to it.</summary>
    /// <exception cref="WorkTreeException">As for finding, or the directory is too large to be listed.</exception>
    Task<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken);

    /// <summary>Copies a file or a directory, over what is there.</summary>
    /// <param name="from">The file or directory.</param>
    /// <param name="to">What it is called then.</param>
    /// <param name="ignore">Patterns of what to leave out, as in a <c>.gitignore</c>; null copies all.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="WorkTreeException">As for finding, or there is no such file or directory.</exception>
    Task CopyAsync(string from, string to, string? ignore, CancellationToken cancellationToken);

    /// <summary>Deletes a file or a directory with all that is in it. Says whether there was one.</summary>
    /// <exception cref="WorkTreeException">As for finding.</exception>
    Task<bool> DeleteAsync(string path, CancellationToken cancellationToken);
}

/// <summary>What is at a path of the working directory.</summary>
public enum PathContent
{
    Nothing,
    File,
    Directory,
}

/// <summary>The working directory has no place for what was asked; the message names the path and the remedy.</summary>
public sealed class WorkTreeException(string message) : Exception(message);
