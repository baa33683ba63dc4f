using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;
using Waybill.Engine.Tests.Webhooks;
using Waybill.Engine.Webhooks;
using static Waybill.Engine.Tests.Discovery.PushBuilder;

namespace Waybill.Engine.Tests.Discovery;

public sealed class PushMatcherTests
{
    private static readonly GitSubscription Any = new() { RepoUrl = "https://github.com/acme/infra" };
    private static readonly GitSubscription Infra = Any with { IncludePaths = [Pattern.Parse("infra")], ExcludePaths = [Pattern.Parse("glob:**/*.md")] };

    [Theory]
    [InlineData("https://github.com/acme/infra", true)]
    [InlineData("https://github.com/ACME/Infra.git", true)]
    [InlineData("git@github.com:acme/infra.git", true)]
    [InlineData("ssh://git@github.com/acme/infra", true)]
    [InlineData("https://github.com/acme/infra2", false)]
    [InlineData("https://github.example.com/acme/infra", false)]
    public void The_repository_is_compared_whatever_the_protocol(string url, bool matches) =>
        Assert.Equal(matches, PushMatcher.Match(Any with { RepoUrl = url }, Push("a")) is PushMatch.Matches);

    [Theory]
    [InlineData(null, "main", true)]
    [InlineData("main", "main", true)]
    [InlineData("main", "dev", false)]
    [InlineData(null, "dev", false)]
    [InlineData("dev", "dev", true)]
    [InlineData("feature/x", "feature/x", true)]
    [InlineData("Main", "main", false)]
    public void The_branch_must_be_the_subscriptions_or_the_default(string? branch, string pushed, bool matches) =>
        Assert.Equal(matches, PushMatcher.Match(Any with { Branch = branch }, Push("a") with { RefName = pushed }) is PushMatch.Matches);

    [Theory]
    [InlineData("infra/a|docs/b", 2)]
    [InlineData("infra/a|infra/b|docs/c", 3)]
    [InlineData("docs/a|infra/b", 3)]
    [InlineData("infra/README.md|docs/x", null)]
    [InlineData("docs/a|docs/b", null)]
    [InlineData("docs/a infra/b", 2)]
    public void Every_commit_of_the_push_is_looked_at_newest_first(string commits, int? expected)
    {
        var match = PushMatcher.Match(Infra, Push(commits.Split('|')));

        Assert.Equal(expected is { } n ? PushJson.Sha(n) : null, (match as PushMatch.Matches)?.Commit.Id);
        Assert.IsNotType<PushMatch.NeedsComparison>(match);
    }

    [Fact]
    public void Without_filters_the_head_matches_even_when_history_was_rewritten()
    {
        var match = Assert.IsType<PushMatch.Matches>(PushMatcher.Match(Any with { Name = "s" }, Push("a", "b") with { Forced = true }));

        Assert.Equal((PushJson.Sha(3), "main", "s", "Head"), (match.Commit.Id, match.Commit.Branch, match.Commit.Subscription, match.Commit.Subject));
    }

    [Fact]
    public void A_push_without_head_commit_still_matches()
    {
        var match = Assert.IsType<PushMatch.Matches>(PushMatcher.Match(Any, Push() with { HeadCommit = null }));

        Assert.Equal(PushJson.Sha(1), match.Commit.Id);
    }

    public static TheoryData<GitHubPush> Incomplete =>
    [
        Push("docs/a") with { Forced = true },
        Push("docs/a") with { Created = true },
        Push(),
        Push([.. Enumerable.Repeat("docs/a", GitHubPush.CommitLimit)]),
        Push(string.Join(' ', Enumerable.Range(0, GitHubPush.FileLimit).Select(i => $"docs/{i}"))),
    ];

    [Theory]
    [MemberData(nameof(Incomplete), DisableDiscoveryEnumeration = true)]
    public void What_the_payload_cannot_tell_is_for_GitHub_to_say(GitHubPush push) =>
        Assert.IsType<PushMatch.NeedsComparison>(PushMatcher.Match(Infra, push));

    [Fact]
    public void A_deleted_ref_matches_nothing() =>
        Assert.IsType<PushMatch.DoesNotMatch>(PushMatcher.Match(Any, Push("a") with { Deleted = true, After = PushJson.Zero, HeadCommit = null }));

    [Fact]
    public void An_unnamed_default_branch_is_asked_for()
    {
        var push = Push("a") with { Repository = new PushedRepository("acme/infra", "https://github.com/acme/infra.git", null, null, null) };

        Assert.IsType<PushMatch.NeedsComparison>(PushMatcher.Match(Any, push));
        Assert.IsType<PushMatch.Matches>(PushMatcher.Match(Any with { Branch = "main" }, push));
    }

    [Theory]
    [InlineData("v1.2.0", true)]
    [InlineData("v2.0.0", false)]
    [InlineData("nightly", false)]
    public void A_tag_that_counts_is_compared_with_the_others(string tag, bool counts)
    {
        var subscription = Any with { Strategy = CommitSelectionStrategy.SemVer, SemverConstraint = "^1.0.0" };

        Assert.Equal(counts, PushMatcher.Match(subscription, Tag(tag)) is PushMatch.NeedsComparison);
    }

    [Fact]
    public void Tags_and_branches_do_not_mix()
    {
        Assert.IsType<PushMatch.DoesNotMatch>(PushMatcher.Match(Any, Tag("main")));
        Assert.IsType<PushMatch.DoesNotMatch>(PushMatcher.Match(Any with { Strategy = CommitSelectionStrategy.Lexical }, Push("a")));
    }

    [Fact]
    public void Filters_that_cannot_be_read_match_nothing_and_say_so()
    {
        var match = Assert.IsType<PushMatch.DoesNotMatch>(PushMatcher.Match(Any with { IncludePaths = [Pattern.Parse("regex:(")] }, Push("a")));

        Assert.StartsWith("includePaths: 'regex:('", match.Reason, StringComparison.Ordinal);
    }
}
