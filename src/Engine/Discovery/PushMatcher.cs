using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Discovery;

/// <summary>Judges a push for a subscription by the webhook's payload alone.</summary>
public static class PushMatcher
{
    public static PushMatch Match(GitSubscription subscription, GitHubPush push)
    {
        if (!IsSameRepository(subscription, push.Repository))
        {
            return new PushMatch.DoesNotMatch($"the push is to {push.Repository.FullName}");
        }

        if (push.Deleted)
        {
            return new PushMatch.DoesNotMatch($"{push.Ref} was deleted");
        }

        return subscription.SelectsTags ? MatchTag(subscription, push) : MatchBranch(subscription, push);
    }

    private static bool IsSameRepository(GitSubscription subscription, PushedRepository repository) =>
        GitUrl.SameRepository(subscription.RepoUrl, repository.CloneUrl)
        || (repository.HtmlUrl is { } page && GitUrl.SameRepository(subscription.RepoUrl, page));

    private static PushMatch MatchTag(GitSubscription subscription, GitHubPush push)
    {
        if (push.RefKind is not PushedRefKind.Tag)
        {
            return new PushMatch.DoesNotMatch("the subscription selects tags and the push is to a branch");
        }

        if (!TagSelector.TryCreate(subscription, out var selector, out var problem))
        {
            return new PushMatch.DoesNotMatch(problem);
        }

        // Whether it comes before all other tags only the repository knows.
        return selector.Matches(push.RefName)
            ? new PushMatch.NeedsComparison($"tag {push.RefName} counts; whether it comes first among the tags is for GitHub to say")
            : new PushMatch.DoesNotMatch($"tag {push.RefName} does not satisfy the subscription");
    }

    private static PushMatch MatchBranch(GitSubscription subscription, GitHubPush push)
    {
        if (push.RefKind is not PushedRefKind.Branch)
        {
            return new PushMatch.DoesNotMatch("the subscription selects a branch and the push is of a tag");
        }

        if (subscription.Branch is null && push.Repository.DefaultBranch is null)
        {
            return new PushMatch.NeedsComparison("the payload does not name the repository's default branch");
        }

        var branch = subscription.Branch ?? push.Repository.DefaultBranch;
        if (branch != push.RefName)
        {
            return new PushMatch.DoesNotMatch($"the push is to branch {push.RefName} and the subscription selects {branch}");
        }

        return subscription.FiltersPaths
            ? MatchPaths(subscription, push)
            : Matched(subscription, push, HeadOf(push), push.Commits);
    }

    private static PushMatch MatchPaths(GitSubscription subscription, GitHubPush push)
    {
        if (!PathFilter.TryCreate(subscription.IncludePaths, subscription.ExcludePaths, out var filter, out var problem))
        {
            return new PushMatch.DoesNotMatch(problem);
        }

        if (!push.IsComplete || push.Commits.Count == 0)
        {
            return new PushMatch.NeedsComparison(WhyIncomplete(push));
        }

        var passing = push.Commits.Where(c => filter.Passes(c.ChangedPaths)).ToList();
        return passing is [.., var newest]
            ? Matched(subscription, push, newest, passing)
            : new PushMatch.DoesNotMatch("no commit of the push changed a path that the filters let through");
    }

    private static PushMatch.Matches Matched(GitSubscription subscription, GitHubPush push, PushedCommit newest, IEnumerable<PushedCommit> oldestFirst) =>
        new(DiscoveredCommit.On(subscription, newest, push.RefName))
        {
            Others = [.. oldestFirst.Where(c => c.Id != newest.Id).TakeLast(subscription.DiscoveryLimit).Reverse().Select(c => DiscoveredCommit.On(subscription, c, push.RefName))],
        };

    private static string WhyIncomplete(GitHubPush push) => push switch
    {
        { Created: true } => "the branch is new, so the payload does not tell what changed",
        { Forced: true } => "history was rewritten, so the payload does not tell what changed",
        { Commits.Count: 0 } => "the payload lists no commits",
        _ => "GitHub may have cut the payload's lists of commits or files",
    };

    /// <summary>The commit that the push left its ref at. <c>head_commit</c> is missing from some pushes, which then say it in <c>after</c> alone.</summary>
    internal static PushedCommit HeadOf(GitHubPush push) =>
        push.HeadCommit ?? push.Commits.LastOrDefault(c => c.Id == push.After) ?? new PushedCommit { Id = push.After };
}
