using System.Collections.Concurrent;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary>Puts a checkout's local commits on a branch. Promotions into one branch take turns within this process.</summary>
public sealed class BranchPusher(IGitRepositoryClient git, RepositoryFiles files, WorkTrees.WorkTrees trees)
{
    /// <summary>Moves that are answered at once; after more of them others are busier than we, and waiting is cheaper.</summary>
    private const int MovesAtOnce = 3;

    private const int MaxRemembered = 1000;

    private readonly KeyedTurns _turns = new();
    private readonly ConcurrentDictionary<string, string> _pushed = new();

    /// <summary>The checkout, its head being the branch's; null when the branch kept moving.</summary>
    internal async Task<Checkout?> PushAsync(WorkTree tree, Checkout checkout, string branch, CancellationToken cancellationToken)
    {
        if (branch == checkout.Branch && checkout.Commits.Count == 0)
        {
            return checkout;
        }

        var repository = RepositoryFiles.NameOf(checkout.RepoUrl);
        var key = $"{repository.Host}/{repository}:{branch}";
        using var turn = await _turns.TakeAsync(key, cancellationToken);
        var candidate = checkout;
        if (_pushed.TryGetValue(key, out var known) && known != checkout.Commit && branch == checkout.Branch)
        {
            // We moved it ourselves since: asking GitHub to refuse would be a call for nothing.
            (candidate, var done) = await RebaseAsync(tree, checkout, branch, cancellationToken);
            if (done)
            {
                return candidate;
            }
        }

        for (var move = 0; move < MovesAtOnce; move++)
        {
            if (await TryMoveAsync(repository, branch, candidate.Head, cancellationToken))
            {
                Remember(key, candidate.Head);
                return candidate == checkout && branch != checkout.Branch ? checkout : AsPushed(candidate, checkout);
            }

            (candidate, var done) = await RebaseAsync(tree, checkout, branch, cancellationToken);
            if (done)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Makes a branch hold the checkout's commits, whatever it held before.</summary>
    internal async Task<Checkout> ForceAsync(Checkout checkout, string branch, bool isNew, CancellationToken cancellationToken)
    {
        var repository = RepositoryFiles.NameOf(checkout.RepoUrl);
        var name = $"heads/{branch}";
        for (var attempt = 0; attempt < MovesAtOnce; attempt++)
        {
            var change = isNew
                ? await git.CreateRefAsync(repository, name, checkout.Head, cancellationToken)
                : await git.MoveRefAsync(repository, name, checkout.Head, force: true, cancellationToken);
            if (change is RefChange.Done)
            {
                return branch == checkout.Branch ? AsPushed(checkout, checkout) : checkout;
            }

            isNew = change is RefChange.Missing;
        }

        throw new WorkTreeException($"Branch {branch} of {repository} is created and deleted by somebody at the same time. Promote again when it rests.");
    }

    private void Remember(string key, string head)
    {
        if (_pushed.Count >= MaxRemembered)
        {
            _pushed.Clear();
        }

        _pushed[key] = head;
    }

    private async Task<(Checkout Candidate, bool IsDone)> RebaseAsync(WorkTree tree, Checkout checkout, string branch, CancellationToken cancellationToken)
    {
        var rebase = await new BranchRebase(git, files, trees).OntoAsync(tree, checkout, branch, cancellationToken);
        return rebase.IsOnBranch || rebase.Checkout.Commits.Count == 0
            ? (AsPushed(rebase.Checkout with { Commits = [] }, checkout), true)
            : (rebase.Checkout, false);
    }

    private async Task<bool> TryMoveAsync(RepositoryName repository, string branch, string sha, CancellationToken cancellationToken)
    {
        var change = await git.MoveRefAsync(repository, $"heads/{branch}", sha, force: false, cancellationToken);
        return change is RefChange.Missing
            ? await git.CreateRefAsync(repository, $"heads/{branch}", sha, cancellationToken) is RefChange.Done
            : change is RefChange.Done;
    }

    /// <summary>The branch that is checked out has the commits now: later edits start from them. On another branch they are still ahead of it.</summary>
    private static Checkout AsPushed(Checkout pushed, Checkout original) =>
        original with { Commit = pushed.Head, Tree = pushed.HeadTree, Since = original.Committed, Commits = [] };
}
