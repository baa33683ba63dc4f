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
}

/// <summary>The working directory has no place for what was asked; the message names the path and the remedy.</summary>
public sealed class WorkTreeException(string message) : Exception(message);
