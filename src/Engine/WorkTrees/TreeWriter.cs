using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;

namespace Waybill.Engine.WorkTrees;

/// <summary>Stores the changed files of a checkout as a tree in its repository.</summary>
internal sealed class TreeWriter(IGitRepositoryClient git, RepositoryFiles files)
{
    private const int MaxFiles = 1000;
    private const int MaxForeignBytes = 10 * 1024 * 1024;

    /// <summary>The tree of a checkout after a number of edits.</summary>
    /// <param name="history">The files.</param>
    /// <param name="checkout">Which of them.</param>
    /// <param name="from">How many edits <paramref name="baseTree"/> contains.</param>
    /// <param name="until">How many the new tree shall contain.</param>
    /// <param name="baseTree">The tree to start from; comes back when nothing changed.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="WorkTreeException">Too much changed.</exception>
    public async Task<string> WriteAsync(FileHistory history, Checkout checkout, int from, int until, string baseTree, CancellationToken cancellationToken)
    {
        if (Enumerable.Range(from, until - from).Any(i => history.Tree.Edits[i].IsDelete() && history.Tree.Removes(i, checkout.Path)))
        {
            return await WriteAnewAsync(history, checkout, until, cancellationToken);
        }

        var changes = new List<(string Path, FileState? Before, FileState? After)>();
        foreach (var path in (await TouchedPaths.FindAsync(history, checkout, from, until, cancellationToken)).Order(StringComparer.Ordinal))
        {
            var before = await history.FindAsync(path, from, cancellationToken);
            var after = await history.FindAsync(path, until, cancellationToken);
            if (!await AreSameAsync(history, path, (before, from), (after, until), cancellationToken))
            {
                changes.Add((PathRules.Below(path, checkout.Path), before, after));
            }
        }

        return changes.Count == 0 ? baseTree : await StoreAsync(checkout, baseTree, changes, cancellationToken);
    }

    private async Task<string> WriteAnewAsync(FileHistory history, Checkout checkout, int until, CancellationToken cancellationToken)
    {
        var all = new List<(string Path, FileState? Before, FileState? After)>();
        foreach (var path in (await history.ListAsync(checkout.Path, until, cancellationToken)).Keys.Order(StringComparer.Ordinal))
        {
            var full = PathRules.Join(checkout.Path, path);
            if (history.Tree.CheckoutOf(full, until) == checkout)
            {
                all.Add((path, null, await history.FindAsync(full, until, cancellationToken)));
            }
        }

        return all.Count == 0 ? GitObjects.EmptyTree : await StoreAsync(checkout, null, all, cancellationToken);
    }

    private async Task<string> StoreAsync(
        Checkout checkout, string? baseTree, List<(string Path, FileState? Before, FileState? After)> changed, CancellationToken cancellationToken)
    {
        if (changed.Count > MaxFiles)
        {
            throw new WorkTreeException($"{changed.Count} files of {checkout.RepoUrl} changed, and a commit takes at most {MaxFiles}: change fewer in one promotion.");
        }

        var changes = new List<TreeChange>();
        var foreignBytes = 0L;
        foreach (var (path, before, after) in changed)
        {
            var change = await ToChangeAsync(checkout, path, before, after, cancellationToken);
            foreignBytes += after?.Text is null && change.Text is not null ? change.Text.Length : 0;
            changes.Add(change);
            if (foreignBytes > MaxForeignBytes)
            {
                throw new WorkTreeException($"More than {MaxForeignBytes / 1024 / 1024} MiB are to be copied into {checkout.RepoUrl} from another repository: copy less.");
            }
        }

        return await git.CreateTreeAsync(RepositoryFiles.NameOf(checkout.RepoUrl), baseTree, changes, cancellationToken);
    }

    private async Task<TreeChange> ToChangeAsync(Checkout checkout, string path, FileState? before, FileState? after, CancellationToken cancellationToken)
    {
        if (after is null)
        {
            return new TreeChange(path, before!.Mode);
        }

        if (after.Stored is not { } stored)
        {
            return new TreeChange(path, after.Mode, Text: after.Text);
        }

        var repository = RepositoryFiles.NameOf(checkout.RepoUrl);
        if (RepositoryFiles.NameOf(stored.RepoUrl) == repository)
        {
            return new TreeChange(path, after.Mode, Sha: stored.Sha);
        }

        var bytes = await files.ReadAsync(stored, cancellationToken);
        return bytes.Length <= TextLimit.Bytes && FileState.Decode(bytes) is { } text
            ? new TreeChange(path, after.Mode, Text: text)
            : new TreeChange(path, after.Mode, Sha: await git.CreateBlobAsync(repository, bytes, cancellationToken));
    }

    private static async Task<bool> AreSameAsync(
        FileHistory history, string path, (FileState? State, int Edits) before, (FileState? State, int Edits) after, CancellationToken cancellationToken)
    {
        if (before.State is not { } was || after.State is not { } now)
        {
            return before.State is null && after.State is null;
        }

        if (was.Mode != now.Mode || was.Kind != now.Kind)
        {
            return false;
        }

        return was.Text is null && now.Text is null
            ? was.Stored!.Sha == now.Stored!.Sha
            : await history.ReadAsync(path, before.Edits, cancellationToken) == await history.ReadAsync(path, after.Edits, cancellationToken);
    }
}

/// <summary>What Git calls things that are the same everywhere.</summary>
internal static class GitObjects
{
    /// <summary>The hash of a tree without files, which every repository has.</summary>
    public const string EmptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}
