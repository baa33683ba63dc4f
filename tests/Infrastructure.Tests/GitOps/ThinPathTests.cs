using Waybill.Domain.Promotions;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>Clone, edit, commit, push: what a GitOps promotion does.</summary>
public sealed class ThinPathTests : GitOpsFixture
{
    private const string Before = "# dev\r\nspec:\ncommit: old\nother: 1";
    private const string After = "# dev\r\nspec:\ncommit: new\nother: 1";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Repository.Commit("main", new CommitContent("Start", "README.md"));
        Add("stacks/dev.yaml", Before);
    }

    [Fact]
    public async Task A_promotion_commits_one_change_and_touches_nothing_else()
    {
        var start = Repository.Resolve("main")!;

        var promotion = await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit("Update dev"), Push()));

        AssertAllSucceeded(promotion);
        var head = Repository.Resolve("main")!;
        Assert.Equal([start.Sha], head.Parents);
        Assert.Equal($"Update dev\n\nWaybill-Promotion: shop/{promotion.Name}", head.Message);
        Assert.Equal(After, Text("stacks/dev.yaml"));
        Assert.Equal(start.Tree.Remove("stacks/dev.yaml"), head.Tree.Remove("stacks/dev.yaml"));
        Assert.Equal(start.Sha, (string?)StateOf(promotion, "git-clone").Output!["commits"]!["./m"]);
        Assert.Equal(head.Sha, (string?)StateOf(promotion, "commit").Output!["commit"]);
        Assert.Equal(("main", head.Sha, $"https://github.com/acme/manifests/commit/{head.Sha}"), Outputs(promotion));
    }

    [Fact]
    public async Task Credentials_in_a_URL_go_nowhere()
    {
        var clone = Clone();
        clone.Config["repoURL"] = "https://ada:hunter2@github.com/acme/manifests";

        var promotion = await Engine().RunAsync(Promotion(clone, SetLine("stacks/dev.yaml", "nope", "new")));

        Assert.DoesNotContain("hunter2", System.Text.Json.JsonSerializer.Serialize(new { promotion.StepStates, promotion.WorkTree }));
        Assert.DoesNotContain(GitHub.Requests, r => r.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_costs_five_calls()
    {
        await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(), Push()));

        Assert.Equal(5, GitHub.Requests.Count);
    }

    [Fact]
    public async Task A_push_over_the_api_tells_hooks_as_any_other()
    {
        GitHub.RegisterHook(new Uri("http://127.0.0.1:1/"), "0123456789abcdef");

        await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(), Push()));
        await Repository.SettleAsync();

        var push = System.Text.Json.Nodes.JsonNode.Parse(Assert.Single(GitHub.Deliveries).Body.Span)!;
        Assert.Equal(("refs/heads/main", Repository.HeadOf("main")), ((string?)push["ref"], (string?)push["after"]));
        Assert.Equal("stacks/dev.yaml", (string?)Assert.Single(push["commits"]!.AsArray())!["modified"]![0]);
    }

    [Fact]
    public async Task Without_a_change_nothing_is_committed_and_the_head_stands()
    {
        var head = Repository.HeadOf("main");

        var promotion = await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "old"), Commit(), Push()));

        Assert.Equal((StepPhase.Skipped, head), (StateOf(promotion, "commit").Phase, (string?)StateOf(promotion, "commit").Output!["commit"]));
        Assert.Equal((StepPhase.Succeeded, ("main", head, $"https://github.com/acme/manifests/commit/{head}")), (Last(promotion).Phase, Outputs(promotion)));
        Assert.Equal(head, Repository.HeadOf("main"));
        Assert.Equal(2, GitHub.Requests.Count);
    }

    [Fact]
    public async Task A_change_that_is_taken_back_is_none()
    {
        var promotion = await Engine().RunAsync(Promotion(
            Clone(), SetLine("stacks/dev.yaml", "commit", "new"), SetLine("stacks/dev.yaml", "commit", "old"), Commit()));

        Assert.Equal(StepPhase.Skipped, Last(promotion).Phase);
    }

    [Fact]
    public async Task Two_commits_in_one_push_both_land_in_order()
    {
        var promotion = await Engine().RunAsync(Promotion(
            Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit("One"), SetLine("stacks/dev.yaml", "other", "2"), Commit("Two"), Push()));

        AssertAllSucceeded(promotion);
        var messages = Repository.History(Repository.HeadOf("main")!).Take(2).Select(c => c.Message.Split('\n')[0]);
        Assert.Equal(["Two", "One"], messages);
    }

    [Fact]
    public async Task After_a_push_the_next_commit_builds_on_it()
    {
        var promotion = await Engine().RunAsync(Promotion(
            Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit("One"), Push(), SetLine("stacks/dev.yaml", "other", "2"), Commit("Two"), Push()));

        AssertAllSucceeded(promotion);
        Assert.Equal(After.Replace("other: 1", "other: 2", StringComparison.Ordinal), Text("stacks/dev.yaml"));
        Assert.Equal(4, CommitsOf("main"));
    }

    [Fact]
    public async Task A_generated_branch_is_named_after_the_promotion_and_main_stays()
    {
        var start = Repository.HeadOf("main");

        var promotion = await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(), Push("\"generateTargetBranch\": true")));

        var branch = $"kargo/promotion/{promotion.Name}";
        Assert.Equal(branch, Outputs(promotion).Branch);
        Assert.Equal((After, start), (Text("stacks/dev.yaml", branch), Repository.HeadOf("main")));
        Assert.Equal(5, GitHub.Requests.Count);
    }

    [Theory]
    [InlineData("\"targetBranch\": \"env/dev\"")]
    [InlineData("\"targetBranch\": \"env/dev\", \"force\": true")]
    public async Task Another_target_branch_is_made_where_it_is_missing(string config)
    {
        var promotion = await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(), Push(config)));

        AssertAllSucceeded(promotion);
        Assert.Equal(After, Text("stacks/dev.yaml", "env/dev"));
    }

    [Fact]
    public async Task Force_overwrites_what_a_branch_held()
    {
        Add("precious", "x", "env/dev");

        await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(), Push("\"targetBranch\": \"env/dev\", \"force\": true")));

        Assert.Null(Text("precious", "env/dev"));
        Assert.Equal(After, Text("stacks/dev.yaml", "env/dev"));
    }

    [Fact]
    public async Task A_commit_a_tag_and_the_default_branch_can_be_checked_out()
    {
        var old = Repository.HeadOf("main")!;
        Repository.Tag("v1");
        Add("stacks/dev.yaml", "commit: newer\n");

        var promotion = await Engine().RunAsync(Promotion(Step("git-clone", $$"""
            { "repoURL": "{{Repository.CloneUrl}}", "checkout": [{ "commit": "{{old}}", "path": "a" }, { "tag": "v1", "path": "b", "as": "tagged" }, { "path": "c" }] }
            """)));

        var commits = Last(promotion).Output!["commits"]!;
        Assert.Equal((old, old, Repository.HeadOf("main")), ((string?)commits["a"], (string?)commits["tagged"], (string?)commits["c"]));
        Assert.Equal([null, null, "main"], promotion.WorkTree.Checkouts.Select(c => c.Branch));
    }

    [Fact]
    public async Task A_missing_branch_is_made_empty_when_asked_for()
    {
        var promotion = await Engine().RunAsync(Promotion(
            Clone("\"branch\": \"stage/dev\", \"create\": true"),
            Step("file-write", """{ "path": "m/a.txt", "contents": "hello" }"""),
            Commit(),
            Push("")));

        AssertAllSucceeded(promotion);
        Assert.Equal(["a.txt"], Repository.Resolve("stage/dev")!.Tree.Keys);
        Assert.Equal(2, CommitsOf("stage/dev"));
    }

    [Theory]
    [InlineData("\"branch\": \"nope\"", "has no branch nope", "create")]
    [InlineData("\"tag\": \"nope\"", "has no tag nope", "spelling")]
    [InlineData("\"commit\": \"1111111111111111111111111111111111111111\"", "has no commit 1111", "pushed")]
    public async Task What_is_not_there_is_said_with_the_remedy(string checkout, string what, string remedy)
    {
        var state = Last(await Engine().RunAsync(Promotion(Clone(checkout))));

        Assert.Equal(StepPhase.Errored, state.Phase);
        Assert.Contains(what, state.Message);
        Assert.Contains(remedy, state.Message);
    }

    [Theory]
    [InlineData("stacks/nope.yaml", "There is no line")]
    [InlineData("stacks", "is a directory")]
    [InlineData("../../etc/passwd", "leads out of")]
    [InlineData(".git/config", "into .git")]
    public async Task A_file_that_can_not_be_edited_ends_the_step(string path, string why)
    {
        var state = Last(await Engine().RunAsync(Promotion(Clone(), SetLine(path, "commit", "new"))));

        Assert.Equal(StepPhase.Errored, state.Phase);
        Assert.Contains(why, state.Message);
    }

    [Theory]
    [InlineData("", "", null, null, "ada@example.com")]
    [InlineData("Bot", "bot@example.com", null, null, "bot@example.com")]
    [InlineData("Bot", "bot@example.com", "Cloner", null, "Cloner@example.com")]
    [InlineData("Bot", "bot@example.com", "Cloner", "Committer", "Committer@example.com")]
    public async Task The_author_is_the_steps_the_clones_the_settings_or_GitHubs_own(string name, string email, string? cloner, string? committer, string expected)
    {
        Settings = o => o.CommitAuthor = new() { Name = name, Email = email };
        var (clone, commit) = (Clone(), Commit());
        clone.Config["author"] = Author(cloner);
        commit.Config["author"] = Author(committer);

        await Engine().RunAsync(Promotion(clone, SetLine("stacks/dev.yaml", "commit", "new"), commit, Push()));

        Assert.Equal(expected, Repository.Resolve("main")!.Author.Email);
    }

    [Fact]
    public async Task A_trailer_joins_those_that_are_there()
    {
        var promotion = await Engine().RunAsync(Promotion(
            Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(@"Update\n\nBecause.\n\nSigned-off-by: Ada <a@b.c>\n"), Push()));

        Assert.Equal($"Update\n\nBecause.\n\nSigned-off-by: Ada <a@b.c>\nWaybill-Promotion: shop/{promotion.Name}", Repository.Resolve("main")!.Message);
    }

    [Theory]
    [InlineData("feature/x", "dir with space/ümlaut #1?&%20+.yaml")]
    [InlineData("release-1.0+hot fix", "a/b/c/d.yaml")]
    public async Task Any_name_reaches_GitHub_unharmed(string branch, string path)
    {
        Add("x", "x", branch);
        Add(path, "commit: old\n", branch);

        var promotion = await Engine().RunAsync(Promotion(Clone($"\"branch\": \"{branch}\""), SetLine(path, "commit", "new"), Commit(), Push("")));

        AssertAllSucceeded(promotion);
        Assert.Equal("commit: new\n", Text(path, branch));
    }

    [Theory]
    [InlineData("run.sh")]
    [InlineData("bin/run.sh")]
    public async Task A_script_can_still_be_run_after_an_edit(string path)
    {
        Add(path, "#!/bin/sh\ncommit: old\n");
        Repository.MarkExecutable("main", path);

        await Engine().RunAsync(Promotion(Clone(), SetLine(path, "commit", "new"), Commit(), Push()));

        Assert.Equal(("#!/bin/sh\ncommit: new\n", true), (Text(path), Repository.IsExecutable("main", path)));
    }

    [Fact]
    public async Task A_tag_is_made_by_the_push()
    {
        var promotion = await Engine().RunAsync(Promotion(
            Clone(),
            SetLine("stacks/dev.yaml", "commit", "new"),
            Commit(),
            Step("git-tag", """{ "path": "./m", "tag": "dev-1", "message": "Deployed" }"""),
            Push(),
            Step("git-push", """{ "path": "./m", "tag": "dev-1" }""", "tagged")));

        AssertAllSucceeded(promotion);
        var tag = Repository.Tags.Single(t => t.Name == "dev-1");
        Assert.Equal((Repository.HeadOf("main"), "Deployed"), (tag.CommitSha, tag.Message));
    }

    [Fact]
    public async Task A_tag_that_is_somewhere_else_already_is_not_moved()
    {
        var old = Repository.HeadOf("main");
        Repository.Tag("dev-1");

        var promotion = await Engine().RunAsync(Promotion(
            Clone(),
            SetLine("stacks/dev.yaml", "commit", "new"),
            Commit(),
            Step("git-tag", """{ "path": "./m", "tag": "dev-1", "message": "Deployed" }"""),
            Step("git-push", """{ "path": "./m", "tag": "dev-1" }""")));

        Assert.Equal((StepPhase.Failed, old), (Last(promotion).Phase, Repository.Tags.Single().CommitSha));
        Assert.Contains("has a tag dev-1 already", Last(promotion).Message);
    }

    private static System.Text.Json.Nodes.JsonObject? Author(string? name) => name is null ? null : new() { ["name"] = name, ["email"] = $"{name}@example.com" };

    private static (string? Branch, string? Commit, string? Url) Outputs(Promotion promotion)
    {
        var output = StateOf(promotion, "push").Output!;
        return ((string?)output["branch"], (string?)output["commit"], (string?)output["commitURL"]);
    }
}
