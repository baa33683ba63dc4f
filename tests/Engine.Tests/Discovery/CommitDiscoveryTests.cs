using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Webhooks;

namespace Waybill.Engine.Tests.Discovery;

public sealed class CommitDiscoveryTests
{
    private static readonly string[] Sha = [.. Enumerable.Range(0, 30).Select(PushJson.Sha)];

    private readonly ScriptedGitHub _gitHub = new();

    [Fact]
    public async Task Without_filters_the_branchs_head_is_found_in_one_call()
    {
        _gitHub.Commit(Sha[1], "a").Commit(Sha[2], "b");

        var found = await FindAsync(Subscription() with { Branch = "main", Name = "programs" });

        Assert.Equal(Sha[2], found.Commit.Id);
        Assert.Equal(("main", "programs", $"Subject of {Sha[2]}"), (found.Commit.Branch, found.Commit.Subscription, found.Commit.Subject));
        Assert.Equal(["head main"], _gitHub.Calls);
    }

    [Fact]
    public async Task An_unchanged_head_costs_one_call_and_keeps_the_mark()
    {
        _gitHub.Commit(Sha[1], "infra/a");
        var first = await FindAsync(Filtered());
        _gitHub.Calls.Clear();

        var second = await DiscoverAsync(Filtered(), first.Mark);

        Assert.Equal(first.Mark, Assert.IsType<DiscoveryResult.Unchanged>(second).Mark);
        Assert.Equal(["head"], _gitHub.Calls);
    }

    [Fact]
    public async Task With_filters_the_newest_commit_that_passes_is_found()
    {
        _gitHub.Commit(Sha[1], "infra/a").Commit(Sha[2], "infra/b").Commit(Sha[3], "docs/c").Commit(Sha[4], "docs/d");

        var found = await FindAsync(Filtered());

        Assert.Equal(Sha[2], found.Commit.Id);
        Assert.Equal(Sha[4], found.Mark.Head);
    }

    [Fact]
    public async Task Commits_judged_before_are_not_judged_again()
    {
        _gitHub.Commit(Sha[1], "infra/a").Commit(Sha[2], "docs/b").Commit(Sha[3], "docs/c");

        var result = await DiscoverAsync(Filtered(), new DiscoveryMark(null, Sha[2]));

        Assert.IsType<DiscoveryResult.None>(result);
        Assert.Equal(["head", $"list {Sha[3]}", $"paths {Sha[3]}"], _gitHub.Calls);
    }

    [Fact]
    public async Task A_commit_whose_list_GitHub_cut_counts()
    {
        _gitHub.Commit(Sha[1], "infra/a").Commit(Sha[2], paths: null);

        Assert.Equal(Sha[2], (await FindAsync(Filtered())).Commit.Id);
    }

    [Theory]
    [InlineData(ComparisonStatus.Ahead, "infra/a", null, true)]
    [InlineData(ComparisonStatus.Ahead, "docs/a", null, false)]
    [InlineData(ComparisonStatus.Diverged, "docs/a", "infra/undone", true)]
    [InlineData(ComparisonStatus.Diverged, "docs/a", "docs/undone", false)]
    [InlineData(ComparisonStatus.Ahead, null, null, true)]
    public async Task More_commits_than_are_looked_at_are_judged_together(ComparisonStatus status, string? changed, string? undone, bool found)
    {
        foreach (var sha in Sha[1..11])
        {
            _gitHub.Commit(sha, "docs/x");
        }

        _gitHub.OnCompare = (from, _) => from == Sha[1]
            ? new Comparison(status, [], changed is null ? null : [changed])
            : new Comparison(status, [], [undone!]);

        var result = await DiscoverAsync(Filtered() with { DiscoveryLimit = 3 }, new DiscoveryMark(null, Sha[1]));

        Assert.Equal(found ? Sha[10] : null, (result as DiscoveryResult.Found)?.Commit.Id);
    }

    [Fact]
    public async Task A_known_head_that_is_gone_lets_the_new_head_count()
    {
        _gitHub.Commit(Sha[1], "docs/x").Commit(Sha[2], "docs/x");

        var result = await DiscoverAsync(Filtered(), new DiscoveryMark(null, Sha[20]));

        Assert.Equal(Sha[2], Assert.IsType<DiscoveryResult.Found>(result).Commit.Id);
    }

    [Fact]
    public async Task Without_a_mark_nothing_within_the_limit_is_none_with_the_reason()
    {
        _gitHub.Commit(Sha[1], "docs/x");

        var none = Assert.IsType<DiscoveryResult.None>(await DiscoverAsync(Filtered(), DiscoveryMark.None));

        Assert.Equal("none of the newest 20 commits of acme/infra changed a path that the filters let through.", none.Reason);
    }

    [Fact]
    public async Task The_highest_version_is_found_with_its_commit()
    {
        _gitHub.Commit(Sha[1], "a").Commit(Sha[2], "b");
        _gitHub.Tags.AddRange([new("v1.9.0", Sha[1]), new("v1.10.0", Sha[2]), new("v2.0.0-rc.1", Sha[1])]);

        var found = await FindAsync(Tagged(CommitSelectionStrategy.SemVer) with { SemverConstraint = "^1.0.0" });

        Assert.Equal(("v1.10.0", Sha[2], null), (found.Commit.Tag, found.Commit.Id, found.Commit.Branch));
        Assert.Equal(["tags", $"get {Sha[2]}"], _gitHub.Calls);
    }

    [Fact]
    public async Task Unchanged_tags_cost_one_call()
    {
        _gitHub.Commit(Sha[1], "a");
        _gitHub.Tags.Add(new("v1.0.0", Sha[1]));
        var first = await FindAsync(Tagged(CommitSelectionStrategy.SemVer));

        Assert.IsType<DiscoveryResult.Unchanged>(await DiscoverAsync(Tagged(CommitSelectionStrategy.SemVer), first.Mark));
    }

    [Fact]
    public async Task The_newest_tag_is_found_by_its_creation()
    {
        _gitHub.Commit(Sha[1], "a").Commit(Sha[2], "b");
        _gitHub.Tags.AddRange([new("z-old", Sha[1]), new("a-new", Sha[2]), new("ignored", Sha[1])]);
        _gitHub.TagDates["z-old"] = DateTimeOffset.UnixEpoch;
        _gitHub.TagDates["a-new"] = DateTimeOffset.UnixEpoch.AddDays(1);

        var found = await FindAsync(Tagged(CommitSelectionStrategy.NewestTag) with { IgnoreTagsRegexes = ["^ignored$"] });

        Assert.Equal("a-new", found.Commit.Tag);
        Assert.DoesNotContain("describe ignored", _gitHub.Calls);
    }

    [Fact]
    public async Task Too_many_tags_to_date_are_refused_with_the_remedy()
    {
        _gitHub.Tags.AddRange(Enumerable.Range(0, CommitDiscovery.MaxDatedTags + 1).Select(i => new TagInfo($"t{i}", Sha[1])));

        var none = Assert.IsType<DiscoveryResult.None>(await DiscoverAsync(Tagged(CommitSelectionStrategy.NewestTag), DiscoveryMark.None));

        Assert.Contains("narrow allowTagsRegexes", none.Reason);
        Assert.Equal(["tags"], _gitHub.Calls);
    }

    [Fact]
    public async Task Path_filters_apply_to_tagged_commits_within_the_limit()
    {
        _gitHub.Commit(Sha[1], "infra/a").Commit(Sha[2], "docs/b");
        _gitHub.Tags.AddRange([new("v1.0.0", Sha[1]), new("v2.0.0", Sha[2])]);
        var subscription = Tagged(CommitSelectionStrategy.SemVer) with { IncludePaths = [Pattern.Parse("infra")] };

        Assert.Equal("v1.0.0", (await FindAsync(subscription)).Commit.Tag);
        Assert.IsType<DiscoveryResult.None>(await DiscoverAsync(subscription with { DiscoveryLimit = 1 }, DiscoveryMark.None));
    }

    [Theory]
    [InlineData("not a url", null, null, "repoURL 'not a url' is not host/owner/name.")]
    [InlineData("https://github.com/acme/infra", "regex:(", null, "includePaths: 'regex:('")]
    [InlineData("https://github.com/acme/infra", null, "nonsense", "semverConstraint: 'nonsense'")]
    public async Task A_subscription_that_cannot_be_read_asks_nothing(string url, string? include, string? constraint, string reason)
    {
        var subscription = new GitSubscription
        {
            RepoUrl = url,
            IncludePaths = include is null ? [] : [Pattern.Parse(include)],
            SemverConstraint = constraint,
            Strategy = constraint is null ? CommitSelectionStrategy.NewestFromBranch : CommitSelectionStrategy.SemVer,
        };

        var none = Assert.IsType<DiscoveryResult.None>(await DiscoverAsync(subscription, DiscoveryMark.None));

        Assert.StartsWith(reason, none.Reason, StringComparison.Ordinal);
        Assert.Empty(_gitHub.Calls);
    }

    [Fact]
    public async Task What_GitHub_refuses_is_the_callers_to_retry()
    {
        _gitHub.Failures["head"] = new GitHubException(GitHubErrorKind.RateLimited, "later");

        await Assert.ThrowsAsync<GitHubException>(() => DiscoverAsync(Subscription(), DiscoveryMark.None));
    }

    private static GitSubscription Subscription() => new() { RepoUrl = "https://github.com/acme/infra.git" };

    private static GitSubscription Filtered() => Subscription() with { IncludePaths = [Pattern.Parse("infra")] };

    private static GitSubscription Tagged(CommitSelectionStrategy strategy) => Subscription() with { Strategy = strategy };

    private Task<DiscoveryResult> DiscoverAsync(GitSubscription subscription, DiscoveryMark mark) =>
        new CommitDiscovery(_gitHub).DiscoverAsync(subscription, mark, CancellationToken.None);

    private async Task<DiscoveryResult.Found> FindAsync(GitSubscription subscription) =>
        Assert.IsType<DiscoveryResult.Found>(await DiscoverAsync(subscription, DiscoveryMark.None));
}
