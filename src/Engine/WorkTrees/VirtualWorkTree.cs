using System.Text;
using System.Text.Json.Nodes;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;

namespace Waybill.Engine.WorkTrees;

/// <summary>A work tree that is only a record of what was done: see <see cref="FileHistory"/>.</summary>
internal sealed class VirtualWorkTree(WorkTree state, RepositoryFiles files, IReadOnlyDictionary<string, IFileEditor> editors) : IWorkTree
{
    /// <summary>The edits are part of the promotion's record, which has to fit the store.</summary>
    private const int MaxEditBytes = 96 * 1024;

    private const int MaxEdits = 500;

    private FileHistory _history = new(state, files, editors);

    public WorkTree State => _history.Tree;

    private int Now => State.Edits.Count;

    public Task<string?> ReadAsync(string path, CancellationToken cancellationToken) =>
        _history.ReadAsync(Normalize(path), Now, cancellationToken);

    public async Task<bool> EditAsync(string path, string kind, JsonObject arguments, CancellationToken cancellationToken)
    {
        var target = Normalize(path);
        var before = await _history.ReadAsync(target, Now, cancellationToken);
        if (before is null && await FindAsync(path, cancellationToken) is PathContent.Directory)
        {
            throw new WorkTreeException($"{path} is a directory: name a file.");
        }

        var editor = editors.GetValueOrDefault(kind) ?? throw new FileEditException($"There is no editor {kind}.");
        var after = editor.Apply(before, arguments);
        if (Encoding.UTF8.GetByteCount(after) > TextLimit.Bytes)
        {
            throw new WorkTreeException($"{path} would become larger than {TextLimit.Words}: write less.");
        }

        // Also what makes no difference: it tells which files the promotion is about.
        Record(new FileEdit(target, kind, arguments));
        return before != after;
    }

    /// <summary>What is at a path.</summary>
    public async Task<PathContent> FindAsync(string path, CancellationToken cancellationToken)
    {
        var target = Normalize(path);
        if (await _history.FindAsync(target, Now, cancellationToken) is not null)
        {
            return PathContent.File;
        }

        return await HasDirectoryAsync(target, cancellationToken) ? PathContent.Directory : PathContent.Nothing;
    }

    /// <summary>Every file below a directory, by paths relative to it.</summary>
    /// <exception cref="GitHubException">Among others: the directory is too large to be listed.</exception>
    public async Task<IReadOnlyList<string>> ListAsync(string path, CancellationToken cancellationToken) =>
        [.. (await _history.ListAsync(Normalize(path), Now, cancellationToken)).Keys.Order(StringComparer.Ordinal)];

    /// <summary>Copies a file or a directory, over what is there.</summary>
    /// <param name="from">The file or directory.</param>
    /// <param name="to">What it is called then.</param>
    /// <param name="ignore">Patterns of what to leave out, as in a <c>.gitignore</c>; null copies all.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="WorkTreeException">There is no such file or directory, or it can't be there.</exception>
    public async Task CopyAsync(string from, string to, string? ignore, CancellationToken cancellationToken)
    {
        var (source, target) = (Normalize(from), Normalize(to));
        if (await FindAsync(from, cancellationToken) is PathContent.Nothing)
        {
            throw new WorkTreeException($"There is no file or directory {from}.");
        }

        if (PathRules.IsWithin(target, source))
        {
            throw new WorkTreeException($"{from} can't be copied into itself ({to}).");
        }

        if (await FindAsync(to, cancellationToken) is PathContent.Directory && await _history.FindAsync(source, Now, cancellationToken) is not null)
        {
            throw new WorkTreeException($"{to} is a directory: name the file that {from} shall become.");
        }

        IgnoreRules.Parse(ignore ?? "");
        Record(FileOperations.CopyOf(source, target, ignore));
    }

    /// <summary>Deletes a file or a directory with all that is in it. Says whether there was one.</summary>
    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        if (await FindAsync(path, cancellationToken) is PathContent.Nothing)
        {
            return false;
        }

        Record(FileOperations.DeletionOf(Normalize(path)));
        return true;
    }

    /// <summary>Deletes every file of a checkout.</summary>
    public void Clear(Checkout checkout) => Record(FileOperations.ClearanceOf(checkout));

    /// <exception cref="WorkTreeException">The path leads out of the working directory.</exception>
    public static string Normalize(string path) => PathRules.Normalize(path)
        ?? throw new WorkTreeException($"The path {path} leads out of the promotion's working directory, or into .git: use one within it.");

    private async Task<bool> HasDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        if (path.Length == 0 || State.Checkouts.Any(c => PathRules.IsWithin(c.Path, path)))
        {
            return true;
        }

        // Mostly nothing was done there, and asking the repository about one path says it all.
        var checkout = State.CheckoutOf(path, Now);
        return State.Edits.Skip(checkout?.Since ?? 0).Any(e => PathRules.IsWithin(e.Path, path) || PathRules.IsWithin(path, e.Path))
            ? (await _history.ListAsync(path, Now, cancellationToken)).Count > 0
            : checkout is not null && await files.FindAsync(checkout, PathRules.Below(path, checkout.Path), cancellationToken) is { Kind: EntryKind.Directory };
    }

    private void Record(FileEdit edit)
    {
        WorkTree next = State with { Edits = [.. State.Edits, edit] };
        if (next.Edits.Count > MaxEdits)
        {
            throw new WorkTreeException($"This promotion makes more than {MaxEdits} changes to files: make fewer, such as one of a directory for those of its files.");
        }

        var size = next.Edits.Sum(e => (long)Encoding.UTF8.GetByteCount(e.Path) + Encoding.UTF8.GetByteCount(e.Arguments.ToJsonString()) + 64);
        _history = size <= MaxEditBytes
            ? new FileHistory(next, files, editors)
            : throw new WorkTreeException(
                $"This promotion's changes to files take more than {MaxEditBytes / 1024} KiB to describe: write less text, or copy files that a repository holds.");
    }
}

/// <summary>What is at a path of the working directory.</summary>
public enum PathContent
{
    Nothing,
    File,
    Directory,
}

/// <summary>Opens the work tree that a promotion's record holds.</summary>
public sealed class WorkTrees(RepositoryFiles files, IEnumerable<IFileEditor> editors) : IWorkTrees
{
    private readonly Dictionary<string, IFileEditor> _editors = editors.ToDictionary(e => e.Kind);

    public IWorkTree Open(Steps.StepContext context) => Begin(context);

    /// <summary>The same with all that the steps about whole files need.</summary>
    internal VirtualWorkTree Begin(Steps.StepContext context) => new(context.Promotion.WorkTree, files, _editors);

    /// <summary>What a work tree's files were after any number of its edits.</summary>
    internal FileHistory HistoryOf(WorkTree tree) => new(tree, files, _editors);
}
