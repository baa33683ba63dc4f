using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Webhooks;
using Waybill.Engine.Webhooks;
using static Waybill.Engine.Tests.Discovery.PushBuilder;

namespace Waybill.Engine.Tests.Discovery;

public sealed class PushResolverTests
{
    private static readonly string[] Sha = [.. Enumerable.Range(0, 9).Select(PushJson.Sha)];
    private static readonly GitSubscription Infra = new() { RepoUrl = "https://github.com/acme/infra", IncludePaths = [Pattern.Parse("infra")] };
    private static readonly GitSubscription Versions = new() { RepoUrl = "https://github.com/acme/infra", Strategy = CommitSelectionStrategy.SemVer };

    private readonly ScriptedGitHub _gitHub = new();

    [Fact]
    public async Task A_complete_push_asks_nothing()
    {
        Assert.Equal(Sha[2], await MatchedAsync(Infra, Push("infra/a", "docs/b")));
        Assert.Empty(_gitHub.Calls);
    }

    [Fact]
    public async Task A_rewritten_branch_whose_difference_does_not_pass_costs_one_comparison()
    {
        _gitHub.OnCompare = (_, _) => new Comparison(ComparisonStatus.Ahead, [], ["docs/x"]);

        Assert.Null(await MatchedAsync(Infra, Push("docs/a") with { Forced = true }));
        Assert.Equal(["compare 1...2"], _gitHub.Calls);
    }

    [Fact]
    public async Task A_rewritten_branch_yields_the_newest_commit_that_passes()
    {
        _gitHub.Commit(Sha[2], "infra/a").Commit(Sha[3], "docs/b");
        _gitHub.OnCompare = (_, _) => new Comparison(ComparisonStatus.Diverged, [], ["infra/a", "docs/b"]);

        Assert.Equal(Sha[2], await MatchedAsync(Infra, Push("infra/a", "docs/b") with { Forced = true }));
    }

    [Fact]
    public async Task A_rollback_counts_by_what_it_undoes()
    {
        // GitHub compares with the common ancestor, so going back shows no files.
        _gitHub.Commit(Sha[2], "docs/a");
        _gitHub.OnCompare = (from, _) => from == Sha[1]
            ? new Comparison(ComparisonStatus.Behind, [], [])
            : new Comparison(ComparisonStatus.Ahead, [], ["infra/undone"]);

        Assert.Equal(Sha[2], await MatchedAsync(Infra, Push("docs/a") with { Forced = true }));
    }

    [Fact]
    public async Task A_new_branch_is_walked_from_its_head()
    {
        _gitHub.Commit(Sha[2], "infra/a").Commit(Sha[3], "docs/b");

        Assert.Equal(Sha[2], await MatchedAsync(Infra, Push("infra/a", "docs/b") with { Created = true, Before = PushJson.Zero }));
        Assert.DoesNotContain(_gitHub.Calls, c => c.StartsWith("compare", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cut_comparison_and_cut_commits_let_the_head_count()
    {
        _gitHub.Commit(Sha[1], "docs/a").Commit(Sha[2], paths: null);
        _gitHub.OnCompare = (_, _) => new Comparison(ComparisonStatus.Ahead, [], null);

        Assert.Equal(Sha[2], await MatchedAsync(Infra, Push("docs/a") with { Forced = true }));
    }

    [Fact]
    public async Task A_cut_comparison_with_more_commits_than_are_looked_at_lets_the_head_count()
    {
        foreach (var sha in Sha[1..6])
        {
            _gitHub.Commit(sha, "docs/a");
        }

        _gitHub.OnCompare = (_, _) => new Comparison(ComparisonStatus.Ahead, [], null);

        Assert.Equal(Sha[5], await MatchedAsync(Infra with { DiscoveryLimit = 2 }, Push("d", "d", "d", "d") with { Forced = true }));
    }

    [Theory]
    [InlineData("compare", GitHubErrorKind.Unavailable)]
    [InlineData("compare", GitHubErrorKind.RateLimited)]
    [InlineData("compare", GitHubErrorKind.Unauthorized)]
    [InlineData("list", GitHubErrorKind.Unavailable)]
    [InlineData("paths", GitHubErrorKind.NotFound)]
    public async Task When_GitHub_cannot_be_asked_the_head_counts(string call, GitHubErrorKind kind)
    {
        _gitHub.Commit(Sha[2], "docs/a");
        _gitHub.OnCompare = (_, _) => new Comparison(ComparisonStatus.Ahead, [], null);
        _gitHub.Failures[call] = new GitHubException(kind, "no");

        Assert.Equal(Sha[2], await MatchedAsync(Infra, Push("docs/a") with { Forced = true }));
    }

    [Fact]
    public async Task A_pushed_tag_counts_only_when_it_comes_first()
    {
        _gitHub.Commit(Sha[1], "a").Commit(Sha[2], "b");
        _gitHub.Tags.AddRange([new("v2.0.0", Sha[1]), new("v1.0.1", Sha[2])]);

        Assert.Equal(Sha[1], await MatchedAsync(Versions, Tag("v1.0.1")));
    }

    [Fact]
    public async Task A_pushed_tag_waits_for_the_timer_when_GitHub_cannot_be_asked()
    {
        _gitHub.Failures["tags"] = new GitHubException(GitHubErrorKind.Unavailable, "no");

        var match = await new PushResolver(_gitHub).ResolveAsync(Versions, Tag("v1.0.1"), CancellationToken.None);

        Assert.Contains("timer", Assert.IsType<PushMatch.DoesNotMatch>(match).Reason);
    }

    private async Task<string?> MatchedAsync(GitSubscription subscription, GitHubPush push) =>
        (await new PushResolver(_gitHub).ResolveAsync(subscription, push, CancellationToken.None) as PushMatch.Matches)?.Commit.Id;
}
