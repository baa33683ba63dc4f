using Waybill.Domain.Promotions;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>git-open-pr, git-wait-for-pr and git-merge-pr.</summary>
public sealed class PullRequestTests : GitOpsFixture
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Add("a.yaml", "commit: old\nother: 1\n");
    }

    [Fact]
    public async Task A_change_goes_through_a_pull_request_in_fourteen_calls_or_fewer()
    {
        var (engine, promotion) = (Engine(), Promotion(
            Clone(), SetLine("a.yaml", "commit", "new"), Commit("Update\\n\\nBecause."), Push("\"generateTargetBranch\": true"), Open(), Wait()));
        promotion = await engine.RunAsync(promotion);
        Assert.Equal((StepPhase.Running, Time.GetUtcNow().AddSeconds(30)), (Last(promotion).Phase, Last(promotion).Wait!.NextCheckAt));
        Assert.True((bool)Last(promotion).Output!["pr"]!["open"]!);

        var merge = Repository.MergePullRequest(1);
        promotion = await engine.RunAsync(promotion);

        AssertAllSucceeded(promotion);
        var request = Assert.Single(Repository.PullRequests);
        Assert.Equal(("Update", $"Because.\n\nWaybill-Promotion: shop/{promotion.Name}"), (request.Title, request.Body));
        Assert.Equal(("commit: new\nother: 1\n", merge), (Text("a.yaml"), (string?)Last(promotion).Output!["commit"]));
        Assert.Equal("https://github.com/acme/manifests/pull/1", (string?)StateOf(promotion, "open").Output!["pr"]!["url"]);
        Assert.InRange(GitHub.Requests.Count, 1, 14);
    }

    [Fact]
    public async Task Title_description_and_labels_are_the_steps()
    {
        await Engine().RunAsync(await PushedAsync(Open("""
            , "title": "T", "description": "D", "labels": ["one", "two"]
            """)));

        var request = Assert.Single(Repository.PullRequests);
        Assert.Equal(("T", "D"), (request.Title, request.Body));
        Assert.Equal(["one", "two"], request.Labels);
    }

    [Fact]
    public async Task Opened_twice_it_is_one_request()
    {
        var promotion = await PushedAsync(Open());
        await Engine().StepAsync(promotion);

        var again = await Engine().StepAsync(promotion);

        Assert.Equal(1, (int?)StateOf(again, "open").Output!["pr"]!["id"]);
        Assert.Single(Repository.PullRequests);
    }

    [Fact]
    public async Task Merged_before_the_record_was_written_it_is_found_again()
    {
        var promotion = await PushedAsync(Open());
        await Engine().StepAsync(promotion);
        Repository.MergePullRequest(1);

        var again = await Engine().StepAsync(promotion);

        Assert.Equal(1, (int?)StateOf(again, "open").Output!["pr"]!["id"]);
        Assert.Single(Repository.PullRequests);
    }

    [Fact]
    public async Task A_request_that_was_closed_unmerged_is_history()
    {
        var promotion = await PushedAsync(Open());
        await Engine().StepAsync(promotion);
        Repository.ClosePullRequest(1);

        var again = await Engine().StepAsync(promotion);

        Assert.Equal(2, (int?)StateOf(again, "open").Output!["pr"]!["id"]);
    }

    [Fact]
    public async Task Without_a_difference_none_is_opened()
    {
        await Repository.CreateBranchAsync("same", "main");

        var promotion = await Engine().RunAsync(Promotion(
            Step("git-open-pr", """{ "repoURL": "https://github.com/acme/manifests", "sourceBranch": "same", "targetBranch": "main" }""")));

        Assert.Equal(StepPhase.Skipped, Last(promotion).Phase);
    }

    [Theory]
    [InlineData("nope", "main", StepPhase.Errored, "has no branch nope")]
    [InlineData("topic", "nope", StepPhase.Failed, "base")]
    public async Task A_branch_that_is_missing_is_named(string source, string target, StepPhase phase, string words)
    {
        Add("t", "t", "topic");

        var promotion = await Engine().RunAsync(Promotion(
            Step("git-open-pr", $$"""{ "repoURL": "https://github.com/acme/manifests", "sourceBranch": "{{source}}", "targetBranch": "{{target}}" }""")));

        Assert.Equal(phase, Last(promotion).Phase);
        Assert.Contains(words, Last(promotion).Message);
    }

    [Fact]
    public async Task Closed_unmerged_is_a_failure()
    {
        var (engine, promotion) = (Engine(), await PushedAsync(Open(), Wait()));
        promotion = await engine.RunAsync(promotion);
        Repository.ClosePullRequest(1);

        promotion = await engine.RunAsync(promotion);

        Assert.Equal(StepPhase.Failed, Last(promotion).Phase);
        Assert.Contains("closed without being merged", Last(promotion).Message);
        Assert.False((bool)Last(promotion).Output!["pr"]!["merged"]!);
    }

    [Theory]
    [InlineData("git-wait-for-pr", StepPhase.Errored)]
    [InlineData("git-merge-pr", StepPhase.Failed)]
    public async Task A_request_that_is_not_there_is_named(string uses, StepPhase phase)
    {
        var state = Last(await Engine().RunAsync(Promotion(Step(uses, """{ "repoURL": "https://github.com/acme/manifests", "prNumber": 7 }"""))));

        Assert.Equal((phase, "acme/manifests has no pull request 7."), (state.Phase, state.Message));
    }

    [Fact]
    public async Task Merging_gives_the_commit_and_again_the_same()
    {
        var promotion = await Engine().StepAsync(await PushedAsync(Open(), Merge()));
        var first = await Engine().StepAsync(promotion);

        var second = await Engine().StepAsync(promotion);

        AssertAllSucceeded(first);
        Assert.Equal(Repository.HeadOf("main"), (string?)Last(first).Output!["commit"]);
        Assert.Equal((string?)Last(first).Output!["commit"], (string?)Last(second).Output!["commit"]);
    }

    [Theory]
    [InlineData("dirty", true, StepPhase.Failed, "has conflicts")]
    [InlineData("draft", false, StepPhase.Failed, "set wait to true")]
    [InlineData("unknown", true, StepPhase.Running, "not worked out")]
    [InlineData("blocked", true, StepPhase.Running, "approving review")]
    [InlineData("blocked", false, StepPhase.Failed, "approving review")]
    [InlineData("behind", true, StepPhase.Running, "not mergeable")]
    public async Task What_may_pass_is_waited_for_and_what_can_not_fails(string state, bool wait, StepPhase phase, string words)
    {
        var promotion = await Engine().StepAsync(await PushedAsync(Open(), Merge($", \"wait\": {(wait ? "true" : "false")}")));
        Repository.SetMergeableState(1, state);

        promotion = await Engine().StepAsync(promotion);

        Assert.Equal(phase, Last(promotion).Phase);
        Assert.Contains(words, Last(promotion).Message);
        if (phase is StepPhase.Running)
        {
            Repository.SetMergeableState(1, null);
            AssertAllSucceeded(await Engine().RunAsync(promotion));
        }
    }

    [Fact]
    public async Task Branches_that_conflict_are_not_merged()
    {
        var promotion = await Engine().StepAsync(await PushedAsync(Open(), Merge(", \"wait\": true")));
        Add("a.yaml", "commit: theirs\nother: 1\n");

        promotion = await Engine().StepAsync(promotion);

        Assert.Equal(StepPhase.Failed, Last(promotion).Phase);
        Assert.Contains("has conflicts", Last(promotion).Message);
    }

    [Fact]
    public async Task A_method_that_the_repository_does_not_allow_fails_at_once()
    {
        var promotion = await Engine().RunAsync(await PushedAsync(Open(), Merge(", \"wait\": true, \"mergeMethod\": \"rebase\"")));

        Assert.Equal(StepPhase.Failed, Last(promotion).Phase);
        Assert.Contains("not allowed", Last(promotion).Message);
    }

    private async Task<Promotion> PushedAsync(params Domain.Pipelines.PromotionStep[] then)
    {
        var (engine, promotion) = (Engine(), Promotion(
            [Clone(), SetLine("a.yaml", "commit", "new"), Commit(), Push("\"generateTargetBranch\": true"), .. then]));
        for (var i = 0; i < 4; i++)
        {
            promotion = await engine.StepAsync(promotion);
        }

        return promotion;
    }

    private static Domain.Pipelines.PromotionStep Open(string more = "") => Step("git-open-pr", $$$"""
        { "repoURL": "https://github.com/acme/manifests", "sourceBranch": "${{ outputs.push.branch }}", "targetBranch": "main" {{{more}}} }
        """, "open");

    private static Domain.Pipelines.PromotionStep Wait() => Step("git-wait-for-pr", """
        { "repoURL": "https://github.com/acme/manifests", "prNumber": "${{ outputs.open.pr.id }}" }
        """);

    private static Domain.Pipelines.PromotionStep Merge(string more = "") => Step("git-merge-pr", $$$"""
        { "repoURL": "https://github.com/acme/manifests", "prNumber": "${{ outputs['open'].pr.id }}" {{{more}}} }
        """);
}
