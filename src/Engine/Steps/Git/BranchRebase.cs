using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary>Makes a checkout's local commits again on a branch that moved: the edits are replayed, not the texts they led to.</summary>
internal sealed class BranchRebase(IGitRepositoryClient git, RepositoryFiles files, WorkTrees.WorkTrees trees)
{
    /// <exception cref="WorkTreeException">Somebody else changed the same files in a way that can't be put together; the message says which.</exception>
    /// <exception cref="FileEditException">An edit can't be made on the file as it is now.</exception>
    public async Task<RebaseResult> OntoAsync(WorkTree tree, Checkout checkout, string branch, CancellationToken cancellationToken)
    {
        var repository = RepositoryFiles.NameOf(checkout.RepoUrl);
        var progress = await git.CompareAsync(repository, checkout.Commit, branch, cancellationToken);
        if (FindOwn(progress, checkout) is { } own)
        {
            return new RebaseResult(checkout with { Commit = own.Sha, Tree = own.Tree }, IsOnBranch: true);
        }

        var head = progress.Commits is [.., var last] ? last
            : (await git.FindBranchAsync(repository, branch, cancellationToken))?.Head
            ?? throw new WorkTreeException($"Branch {branch} of {repository} is gone. Create it again, or push to another.");
        var moved = checkout with { Commit = head.Sha, Tree = head.Tree };
        await CheckConflictsAsync(tree, checkout, moved, progress.ChangedPaths, cancellationToken);
        return new RebaseResult(await ReplayAsync(tree, moved, cancellationToken), IsOnBranch: false);
    }

    // After a crash between the push and its record the branch holds our commits already, perhaps with others' on top.
    private static CommitTree? FindOwn(BranchProgress progress, Checkout checkout) =>
        checkout.Commits is [.., var last] ? progress.Commits?.LastOrDefault(c => c.Sha == last.Sha || c.Message.TrimEnd() == last.Message.TrimEnd()) : null;

    private async Task<Checkout> ReplayAsync(WorkTree tree, Checkout moved, CancellationToken cancellationToken)
    {
        var repository = RepositoryFiles.NameOf(moved.RepoUrl);
        var (result, commits) = (moved with { Commits = [] }, moved.Commits);
        var history = trees.HistoryOf(tree.With(moved));
        var writer = new TreeWriter(git, files);
        var from = moved.Since;
        foreach (var commit in commits)
        {
            var written = await writer.WriteAsync(history, moved, from, commit.Edits, result.HeadTree, cancellationToken);
            if (written != result.HeadTree)
            {
                var sha = await git.CreateCommitAsync(repository, new NewCommit(commit.Message, written, [result.Head], commit.Author), cancellationToken);
                result = result with { Commits = [.. result.Commits, commit with { Sha = sha, Tree = written }] };
            }

            from = commit.Edits;
        }

        return result;
    }

    private async Task CheckConflictsAsync(
        WorkTree tree, Checkout before, Checkout after, IReadOnlyList<string>? changedPaths, CancellationToken cancellationToken)
    {
        var (old, @new) = (trees.HistoryOf(tree), trees.HistoryOf(tree.With(after)));
        CheckWholeDirectories(tree, before, changedPaths);
        foreach (var path in await TouchedPaths.FindAsync(old, before, before.Since, before.Committed, cancellationToken))
        {
            var relative = PathRules.Below(path, before.Path);
            if (changedPaths is not null && !changedPaths.Contains(relative))
            {
                await files.CarryAsync(before, after, relative, cancellationToken);
            }
            else if (!await CanReplayAsync(old, @new, path, before, cancellationToken))
            {
                throw new WorkTreeException(
                    $"Merge conflict: {relative} in {before.RepoUrl} was changed in the same place since {before.Commit[..7]} was checked out. "
                    + "Look at both changes and promote again.");
            }
        }
    }

    private static async Task<bool> CanReplayAsync(FileHistory old, FileHistory @new, string path, Checkout checkout, CancellationToken cancellationToken)
    {
        var (original, theirs) = (await old.FindAsync(path, checkout.Since, cancellationToken), await @new.FindAsync(path, checkout.Since, cancellationToken));
        if (original?.Stored?.Sha == theirs?.Stored?.Sha)
        {
            return true;
        }

        // A file that an edit made, or that is gone now, is a matter for the editor: it says when it can't.
        var isWholeFile = old.Tree.Edits.Take(checkout.Committed).Skip(checkout.Since).Any(e => e.IsWholeFile() && PathRules.IsWithin(path, e.Path));
        var collide = isWholeFile || (original is not null && theirs is not null && LineChanges.Collide(
            await old.ReadAsync(path, checkout.Since, cancellationToken) ?? "",
            await old.ReadAsync(path, checkout.Committed, cancellationToken) ?? "",
            await @new.ReadAsync(path, checkout.Since, cancellationToken) ?? ""));
        return !collide || await IsMadeAlreadyAsync(@new, path, checkout, cancellationToken);
    }

    /// <summary>Whether others changed the file as we would, so that nothing of theirs is overwritten.</summary>
    private static async Task<bool> IsMadeAlreadyAsync(FileHistory history, string path, Checkout checkout, CancellationToken cancellationToken)
    {
        try
        {
            var (theirs, ours) = (await history.FindAsync(path, checkout.Since, cancellationToken), await history.FindAsync(path, checkout.Committed, cancellationToken));
            return theirs is null || ours is null || (theirs.Text is null && ours.Text is null)
                ? theirs?.Stored?.Sha == ours?.Stored?.Sha && theirs is null == ours is null
                : await history.ReadAsync(path, checkout.Since, cancellationToken) == await history.ReadAsync(path, checkout.Committed, cancellationToken);
        }
        catch (FileEditException)
        {
            return false;
        }
    }

    /// <summary>Deleting or filling a directory says something about all files in it, also about those that somebody else put there meanwhile.</summary>
    private static void CheckWholeDirectories(WorkTree tree, Checkout checkout, IReadOnlyList<string>? changedPaths)
    {
        foreach (var edit in tree.Edits.Take(checkout.Committed).Skip(checkout.Since).Where(e => e.IsDelete()))
        {
            var directory = PathRules.IsWithin(checkout.Path, edit.Path) ? "" : PathRules.Below(edit.Path, checkout.Path);
            var isOfCheckout = PathRules.IsWithin(edit.Path, checkout.Path) || PathRules.IsWithin(checkout.Path, edit.Path);
            if (isOfCheckout && (changedPaths is null || changedPaths.Any(p => p != directory && PathRules.IsWithin(p, directory))))
            {
                var where = directory.Length == 0 ? checkout.RepoUrl : $"{directory} of {checkout.RepoUrl}";
                throw new WorkTreeException(
                    $"Merge conflict: files in {where} were changed since {checkout.Commit[..7]} was checked out, "
                    + "and this promotion deletes them all. Look at the changes and promote again.");
            }
        }
    }
}

/// <summary>What came of a rebase.</summary>
/// <param name="Checkout">The checkout on the branch's head, with its commits made again; none when they would change nothing.</param>
/// <param name="IsOnBranch">Whether the branch holds the commits already.</param>
internal sealed record RebaseResult(Checkout Checkout, bool IsOnBranch);
