using Waybill.Engine.Ports;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitHub;

public sealed class OctokitGitHubClientTests : GitHubFixture
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_branchs_head_is_read_and_then_free_while_unchanged()
    {
        var commit = Repository.Commit("main", new CommitContent("Add bucket\n\nBecause.", "infra/a.ts"));
        var first = await Client().GetBranchHeadAsync(Name, null, null, None);
        var counted = GitHub.CountedRequests;

        var second = await Client().GetBranchHeadAsync(Name, null, first.ETag, None);

        Assert.Equal(new CommitInfo(commit.Sha, "Add bucket\n\nBecause.", "Ada Lovelace <ada@example.com>", "Ada Lovelace <ada@example.com>", Time.GetUtcNow()), first.Commit);
        Assert.True(second.IsUnchanged);
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal(counted, GitHub.CountedRequests);
    }

    [Fact]
    public async Task A_moved_head_is_told_despite_the_known_etag()
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        var first = await Client().GetBranchHeadAsync(Name, "main", null, None);
        var newest = Repository.Commit("main", new CommitContent("Two", "a"));

        var second = await Client().GetBranchHeadAsync(Name, "main", first.ETag, None);

        Assert.Equal(newest.Sha, second.Commit?.Sha);
        Assert.NotEqual(first.ETag, second.ETag);
    }

    [Theory]
    [InlineData("feature/x")]
    [InlineData("release-1.0+hot fix")]
    [InlineData("ümlaut#1?&%20")]
    public async Task Any_branch_name_reaches_GitHub_unharmed(string branch)
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        var commit = Repository.Commit(branch, new CommitContent("Two", "a"));

        var head = await Client().GetBranchHeadAsync(Name, branch, null, None);

        Assert.Equal(commit.Sha, head.Commit?.Sha);
    }

    [Fact]
    public async Task Commits_come_newest_first_within_the_limit_of_a_branch_or_a_hash()
    {
        SimulatedCommit[] commits = [.. Enumerable.Range(0, 5).Select(i => Repository.Commit("main", new CommitContent($"{i}", "a")))];

        var ofBranch = await Client().ListCommitsAsync(Name, "main", 3, None);
        var ofHash = await Client().ListCommitsAsync(Name, commits[1].Sha, 100, None);

        Assert.Equal([commits[4].Sha, commits[3].Sha, commits[2].Sha], ofBranch.Select(c => c.Sha));
        Assert.Equal([commits[1].Sha, commits[0].Sha], ofHash.Select(c => c.Sha));
    }

    [Fact]
    public async Task Annotated_and_lightweight_tags_both_name_their_commits()
    {
        var commit = Repository.Commit("main", new CommitContent("One", "a"));
        Repository.Tag("light");
        var annotated = Repository.Tag("annotated", message: "Release");

        var tags = (await Client().ListTagsAsync(Name, null, None)).Tags!;

        Assert.NotEqual(commit.Sha, annotated.Sha);
        Assert.Equal([new TagInfo("annotated", commit.Sha), new TagInfo("light", commit.Sha)], tags.OrderBy(t => t.Name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    public async Task Tags_on_every_page_are_listed_and_free_while_unchanged(int count, int pages)
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        Enumerable.Range(0, count).ToList().ForEach(i => Repository.Tag($"v{i:000}"));
        var client = Client();

        var first = await client.ListTagsAsync(Name, null, None);
        var (requests, counted) = (GitHub.Requests.Count, GitHub.CountedRequests);
        var second = await client.ListTagsAsync(Name, first.ETag, None);

        Assert.Equal((count, pages), (first.Tags!.Count, requests));
        Assert.True(second.IsUnchanged);
        Assert.Equal(counted, GitHub.CountedRequests);
    }

    [Theory]
    [InlineData("v999")]
    [InlineData("a-sorts-last-on-the-last-page")]
    public async Task A_new_tag_is_noticed_on_whichever_page_it_lands(string added)
    {
        Repository.Commit("main", new CommitContent("One", "a"));
        Enumerable.Range(0, 200).ToList().ForEach(i => Repository.Tag($"v{i:000}"));
        var first = await Client().ListTagsAsync(Name, null, None);
        Repository.Tag(added);

        var second = await Client().ListTagsAsync(Name, first.ETag, None);

        Assert.Contains(added, second.Tags!.Select(t => t.Name));
        Assert.Equal(201, second.Tags!.Count);
    }

    [Fact]
    public async Task A_tags_creation_is_the_taggers_or_the_commits_and_is_asked_once()
    {
        var commit = Repository.Commit("main", new CommitContent("One", "a"));
        var committed = Time.GetUtcNow();
        Time.Advance(TimeSpan.FromDays(3));
        Repository.Tag("light");
        Repository.Tag("release/annotated", message: "Release");
        var client = Client();

        var light = await client.DescribeTagAsync(Name, new TagInfo("light", commit.Sha), None);
        var annotated = await client.DescribeTagAsync(Name, new TagInfo("release/annotated", commit.Sha), None);
        var requests = GitHub.Requests.Count;
        await client.DescribeTagAsync(Name, new TagInfo("light", commit.Sha), None);

        Assert.Equal((committed, committed.AddDays(3)), (light.CreatedAt, annotated.CreatedAt));
        Assert.Equal(requests, GitHub.Requests.Count);
    }

    [Fact]
    public async Task A_tag_that_is_gone_is_left_as_it_is()
    {
        var gone = new TagInfo("gone", new string('a', 40));

        Assert.Equal(gone, await Client().DescribeTagAsync(Name, gone, None));
    }

    [Fact]
    public async Task A_commit_is_read_by_its_hash_and_null_when_unknown()
    {
        var commit = Repository.Commit("main", new CommitContent("One", "a"));

        Assert.Equal("One", (await Client().GetCommitAsync(Name, commit.Sha, None))?.Message);
        Assert.Null(await Client().GetCommitAsync(Name, new string('0', 39) + "1", None));
    }

    [Fact]
    public async Task Changed_paths_include_removed_ones_and_both_names_of_a_renamed_one()
    {
        Repository.Commit("main", new CommitContent("One", "a", "b", "c"));
        var commit = Repository.Commit("main", new CommitContent("Two", "a", "new") { Removed = ["b"], Renamed = [("c", "moved/c")] });

        var paths = await Client().ListChangedPathsAsync(Name, commit.Sha, None);

        Assert.Equal(["a", "b", "c", "moved/c", "new"], paths!.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(299, 1, false)]
    [InlineData(300, 1, false)]
    [InlineData(301, 2, false)]
    [InlineData(2999, 10, false)]
    [InlineData(3000, 10, true)]
    [InlineData(3500, 10, true)]
    public async Task All_pages_of_a_commits_files_are_read_and_a_cut_list_is_null(int files, int pages, bool cut)
    {
        var commit = Repository.Commit("main", new CommitContent("Many", [.. Enumerable.Range(0, files).Select(i => $"f{i}")]));

        var paths = await Client().ListChangedPathsAsync(Name, commit.Sha, None);

        Assert.Equal(cut ? null : files, paths?.Count);
        Assert.Equal(pages, GitHub.Requests.Count);
    }

    [Fact]
    public async Task A_merge_changed_what_differs_from_its_first_parent()
    {
        Repository.Commit("main", new CommitContent("Base", "a"));
        await Repository.CreateBranchAsync("topic", "main");
        var topic = Repository.Commit("topic", new CommitContent("Topic", "infra/x"));
        Repository.Commit("main", new CommitContent("Main", "docs/y"));
        var merge = Repository.Commit("main", new CommitContent("Merge") { MergedFrom = [topic.Sha] });

        Assert.Equal(["infra/x"], await Client().ListChangedPathsAsync(Name, merge.Sha, None));
    }

    [Fact]
    public async Task A_comparison_tells_status_commits_and_paths()
    {
        var one = Repository.Commit("main", new CommitContent("One", "a"));
        var two = Repository.Commit("main", new CommitContent("Two", "b"));
        var three = Repository.Commit("main", new CommitContent("Three", "c"));
        var client = Client();

        var ahead = await client.CompareAsync(Name, one.Sha, three.Sha, None);
        var behind = await client.CompareAsync(Name, three.Sha, one.Sha, None);
        var same = await client.CompareAsync(Name, one.Sha, one.Sha, None);

        Assert.Equal((ComparisonStatus.Ahead, ComparisonStatus.Behind, ComparisonStatus.Identical), (ahead.Status, behind.Status, same.Status));
        Assert.Equal([two.Sha, three.Sha], ahead.Commits.Select(c => c.Sha));
        Assert.Equal(["b", "c"], ahead.ChangedPaths);
        Assert.Empty(behind.ChangedPaths!);
    }

    [Fact]
    public async Task A_rewritten_history_has_diverged()
    {
        var one = Repository.Commit("main", new CommitContent("One", "a"));
        var lost = Repository.Commit("main", new CommitContent("Lost", "b"));
        var push = await Repository.ForcePushAsync("main", one.Sha, [new CommitContent("Instead", "c")]);

        Assert.Equal(ComparisonStatus.Diverged, (await Client().CompareAsync(Name, lost.Sha, push.Head, None)).Status);
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, true)]
    [InlineData(400, true)]
    public async Task A_comparison_of_300_files_or_more_may_be_cut(int files, bool cut)
    {
        var one = Repository.Commit("main", new CommitContent("One", "a"));
        var two = Repository.Commit("main", new CommitContent("Many", [.. Enumerable.Range(0, files).Select(i => $"f{i}")]));

        Assert.Equal(cut, (await Client().CompareAsync(Name, one.Sha, two.Sha, None)).ChangedPaths is null);
    }
}
