using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Discovery;

/// <summary>The commit that freight will carry, from GitHub's or a push's description of it.</summary>
internal static class DiscoveredCommit
{
    public static GitCommit On(GitSubscription subscription, CommitInfo commit, string? branch) => From(subscription, commit) with { Branch = branch };

    public static GitCommit At(GitSubscription subscription, CommitInfo commit, string tag) => From(subscription, commit) with { Tag = tag };

    public static GitCommit On(GitSubscription subscription, PushedCommit commit, string branch) => On(subscription, Describe(commit), branch);

    public static CommitInfo Describe(PushedCommit commit) =>
        new(commit.Id, commit.Message, commit.Author, commit.Committer, commit.Timestamp);

    private static GitCommit From(GitSubscription subscription, CommitInfo commit) => new()
    {
        RepoUrl = subscription.RepoUrl,
        Id = commit.Sha,
        Subscription = subscription.Name,
        Subject = CommitSubject.Of(commit.Message),
        Author = CommitSubject.Of(commit.Author),
        Committer = CommitSubject.Of(commit.Committer),
        CommittedAt = commit.CommittedAt,
    };
}
