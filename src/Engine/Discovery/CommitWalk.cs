using Waybill.Engine.Ports;

namespace Waybill.Engine.Discovery;

/// <summary>Looks through a branch's commits, newest first, for one that the path filters let through. Where GitHub cut a list, the commit counts.</summary>
internal sealed class CommitWalk(IGitHubClient gitHub)
{
    /// <param name="repository">Where to look.</param>
    /// <param name="head">The newest commit.</param>
    /// <param name="known">The commit at which to stop, itself excluded; null for none.</param>
    /// <param name="filter">What counts.</param>
    /// <param name="limit">How many commits are looked at one by one, 1 to 100.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async Task<WalkResult> FindNewestAsync(
        RepositoryName repository, CommitInfo head, string? known, PathFilter filter, int limit, CancellationToken cancellationToken)
    {
        var (found, reachedKnown) = await LookAsync(repository, head.Sha, known, filter, limit, cancellationToken);
        if (found is not null)
        {
            return new WalkResult(found, "");
        }

        if (known is null)
        {
            return new WalkResult(null, $"none of the newest {limit} commits of {repository} changed a path that the filters let through.");
        }

        // More commits came than are looked at one by one: what they changed together decides, so that none slips through.
        return reachedKnown || !await MayPassAsync(repository, known, head.Sha, filter, cancellationToken)
            ? new WalkResult(null, $"no commit of {repository} since {known[..7]} changed a path that the filters let through.")
            : new WalkResult(head, "");
    }

    /// <summary>Whether what lies between two commits could let a commit through; true when GitHub can't say.</summary>
    public async Task<bool> MayPassAsync(RepositoryName repository, string before, string after, PathFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            var forth = await gitHub.CompareAsync(repository, before, after, cancellationToken);
            if (forth.ChangedPaths is not { } paths || filter.Passes(paths))
            {
                return true;
            }

            // GitHub compares with the common ancestor. After a rewrite, what the old history had beyond that is a change too.
            return forth.Status is ComparisonStatus.Behind or ComparisonStatus.Diverged
                && ((await gitHub.CompareAsync(repository, after, before, cancellationToken)).ChangedPaths is not { } undone || filter.Passes(undone));
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.NotFound)
        {
            // A rewritten history's old head may be gone for good: asking later would not help.
            return true;
        }
    }

    private async Task<(CommitInfo? Found, bool ReachedKnown)> LookAsync(
        RepositoryName repository, string from, string? known, PathFilter filter, int limit, CancellationToken cancellationToken)
    {
        var commits = await gitHub.ListCommitsAsync(repository, from, limit, cancellationToken);
        foreach (var commit in commits)
        {
            if (commit.Sha == known)
            {
                return (null, true);
            }

            if (await gitHub.ListChangedPathsAsync(repository, commit.Sha, cancellationToken) is not { } paths || filter.Passes(paths))
            {
                return (commit, false);
            }
        }

        return (null, false);
    }
}

/// <summary>The commit that counts, or why none does.</summary>
internal sealed record WalkResult(CommitInfo? Commit, string Reason);
