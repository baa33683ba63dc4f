using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Discovery;

/// <summary>Asks GitHub which commit a subscription selects now. <see cref="GitHubException"/> means ask again later with the same mark.</summary>
public sealed class CommitDiscovery(IGitHubClient gitHub)
{
    /// <summary>
    /// The most tags whose creation is looked up in one discovery: GitHub has no list of tags by age, so each costs requests.
    /// </summary>
    public const int MaxDatedTags = 200;

    private const int ParallelLookups = 8;

    private readonly CommitWalk _walk = new(gitHub);

    public async Task<DiscoveryResult> DiscoverAsync(GitSubscription subscription, DiscoveryMark mark, CancellationToken cancellationToken)
    {
        if (!RepositoryName.TryParse(subscription.RepoUrl, out var repository))
        {
            return new DiscoveryResult.None($"repoURL '{subscription.RepoUrl}' is not host/owner/name.", mark);
        }

        if (!PathFilter.TryCreate(subscription.IncludePaths, subscription.ExcludePaths, out var filter, out var problem))
        {
            return new DiscoveryResult.None(problem, mark);
        }

        if (!subscription.SelectsTags)
        {
            return await FromBranchAsync(subscription, repository, filter, mark, cancellationToken);
        }

        return TagSelector.TryCreate(subscription, out var selector, out problem)
            ? await FromTagsAsync(subscription, repository, filter, selector, mark, cancellationToken)
            : new DiscoveryResult.None(problem, mark);
    }

    private async Task<DiscoveryResult> FromBranchAsync(
        GitSubscription subscription, RepositoryName repository, PathFilter filter, DiscoveryMark mark, CancellationToken cancellationToken)
    {
        var head = await gitHub.GetBranchHeadAsync(repository, subscription.Branch, mark.ETag, cancellationToken);
        if (head.Commit is not { } newest)
        {
            return new DiscoveryResult.Unchanged(mark with { ETag = head.ETag ?? mark.ETag });
        }

        var now = new DiscoveryMark(head.ETag, newest.Sha);
        if (!subscription.FiltersPaths)
        {
            return new DiscoveryResult.Found(DiscoveredCommit.On(subscription, newest, subscription.Branch), now);
        }

        if (newest.Sha == mark.Head)
        {
            return new DiscoveryResult.Unchanged(now);
        }

        var found = await _walk.FindNewestAsync(repository, newest, mark.Head, filter, subscription.DiscoveryLimit, cancellationToken);
        return found.Commit is { } commit
            ? new DiscoveryResult.Found(DiscoveredCommit.On(subscription, commit, subscription.Branch), now)
            : new DiscoveryResult.None(found.Reason, now);
    }

    private async Task<DiscoveryResult> FromTagsAsync(
        GitSubscription subscription, RepositoryName repository, PathFilter filter, TagSelector selector, DiscoveryMark mark, CancellationToken cancellationToken)
    {
        var list = await gitHub.ListTagsAsync(repository, mark.ETag, cancellationToken);
        if (list.Tags is not { } all)
        {
            return new DiscoveryResult.Unchanged(mark with { ETag = list.ETag ?? mark.ETag });
        }

        var now = new DiscoveryMark(list.ETag, Head: null);
        var tags = selector.Select(all);
        if (subscription.Strategy is CommitSelectionStrategy.NewestTag && tags.Count > 1)
        {
            if (tags.Count > MaxDatedTags)
            {
                return new DiscoveryResult.None(
                    $"{tags.Count} tags of {repository} count, and NewestTag can compare the age of at most {MaxDatedTags}; narrow allowTagsRegexes or use SemVer or Lexical.", now);
            }

            tags = selector.Select(await DescribeAsync(repository, tags, cancellationToken));
        }

        foreach (var tag in tags.Take(subscription.DiscoveryLimit))
        {
            if (await PassesAsync(repository, tag.CommitSha, subscription, filter, cancellationToken)
                && await gitHub.GetCommitAsync(repository, tag.CommitSha, cancellationToken) is { } commit)
            {
                return new DiscoveryResult.Found(DiscoveredCommit.At(subscription, commit, tag.Name), now);
            }
        }

        return new DiscoveryResult.None(WhyNoTag(repository, all.Count, tags.Count, subscription), now);
    }

    private async Task<bool> PassesAsync(RepositoryName repository, string sha, GitSubscription subscription, PathFilter filter, CancellationToken cancellationToken) =>
        !subscription.FiltersPaths
        || await gitHub.ListChangedPathsAsync(repository, sha, cancellationToken) is not { } paths
        || filter.Passes(paths);

    private async Task<IReadOnlyList<TagInfo>> DescribeAsync(RepositoryName repository, IReadOnlyList<TagInfo> tags, CancellationToken cancellationToken)
    {
        var described = tags.ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelLookups, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, described.Length, options, async (i, token) => described[i] = await gitHub.DescribeTagAsync(repository, described[i], token));
        return described;
    }

    private static string WhyNoTag(RepositoryName repository, int all, int matching, GitSubscription subscription) => matching switch
    {
        0 => $"none of the {all} tags of {repository} satisfies the subscription.",
        _ => $"none of the first {Math.Min(matching, subscription.DiscoveryLimit)} of {matching} matching tags of {repository} is on a commit that the path filters let through.",
    };
}
