using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Discovery;

/// <summary>
/// Judges a push for a subscription, asking GitHub where the payload does not tell. Never fails: when GitHub can't be asked about a
/// branch, the push counts (a needless promotion is seen, a missed one is not).
/// </summary>
public sealed class PushResolver(IGitHubClient gitHub)
{
    private readonly CommitDiscovery _discovery = new(gitHub);
    private readonly CommitWalk _walk = new(gitHub);

    /// <summary>The match; never <see cref="PushMatch.NeedsComparison"/>.</summary>
    public async Task<PushMatch> ResolveAsync(GitSubscription subscription, GitHubPush push, CancellationToken cancellationToken)
    {
        var match = PushMatcher.Match(subscription, push);
        if (match is not PushMatch.NeedsComparison)
        {
            return match;
        }

        var asksRepository = subscription.SelectsTags || (subscription.Branch ?? push.Repository.DefaultBranch) is null;
        return asksRepository
            ? await AskRepositoryAsync(subscription, cancellationToken)
            : await AskAboutPushAsync(subscription, push, cancellationToken);
    }

    /// <summary>
    /// Without GitHub's list, a tag may be older than the one in place (a fix of an old release), and an unnamed branch may be any:
    /// those wait for the warehouse's timer.
    /// </summary>
    private async Task<PushMatch> AskRepositoryAsync(GitSubscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            return await _discovery.DiscoverAsync(subscription, DiscoveryMark.None, cancellationToken) switch
            {
                DiscoveryResult.Found found => new PushMatch.Matches(found.Commit),
                DiscoveryResult.None none => new PushMatch.DoesNotMatch(none.Reason),
                _ => new PushMatch.DoesNotMatch("nothing changed"),
            };
        }
        catch (GitHubException e)
        {
            return new PushMatch.DoesNotMatch($"GitHub could not be asked, the warehouse's timer will: {e.Message}");
        }
    }

    private async Task<PushMatch> AskAboutPushAsync(GitSubscription subscription, GitHubPush push, CancellationToken cancellationToken)
    {
        var head = PushMatcher.HeadOf(push);
        try
        {
            return await FindAsync(subscription, push, head, cancellationToken);
        }
        catch (GitHubException)
        {
            return Match(head);
        }

        PushMatch Match(PushedCommit commit) => new PushMatch.Matches(DiscoveredCommit.On(subscription, commit, push.RefName));
    }

    private async Task<PushMatch> FindAsync(GitSubscription subscription, GitHubPush push, PushedCommit head, CancellationToken cancellationToken)
    {
        if (!RepositoryName.TryParse(subscription.RepoUrl, out var repository)
            || !PathFilter.TryCreate(subscription.IncludePaths, subscription.ExcludePaths, out var filter, out _))
        {
            return new PushMatch.DoesNotMatch($"repoURL '{subscription.RepoUrl}' is not host/owner/name.");
        }

        var before = push.Created || push.Before.All(c => c is '0') ? null : push.Before;
        if (before is not null && !await _walk.MayPassAsync(repository, before, push.After, filter, cancellationToken))
        {
            return new PushMatch.DoesNotMatch($"nothing between {before[..7]} and {push.After[..7]} changed a path that the filters let through");
        }

        var found = await _walk.FindNewestAsync(repository, DiscoveredCommit.Describe(head), before, filter, subscription.DiscoveryLimit, cancellationToken);
        return found.Commit is { } commit
            ? new PushMatch.Matches(DiscoveredCommit.On(subscription, commit, push.RefName))
            : new PushMatch.DoesNotMatch(found.Reason);
    }
}
