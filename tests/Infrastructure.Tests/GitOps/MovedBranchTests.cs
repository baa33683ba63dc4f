using Waybill.Domain.Promotions;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>Others push to the branch between our clone and our push.</summary>
public sealed class MovedBranchTests : GitOpsFixture
{
    private const string Start = "one: 1\ntwo: 2\nthree: 3\nfour: 4\n";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Add("a.yaml", Start);
        Add("dir/x.yaml", "x: 1\n");
    }

    [Fact]
    public async Task Another_file_is_kept_and_costs_no_second_reading_of_ours()
    {
        var (engine, promotion) = (Engine(), Promotion(Clone(), SetLine("a.yaml", "two", "ours"), Commit(), Push()));
        promotion = await AdvanceAsync(engine, promotion, 3);
        Add("other.yaml", "theirs");
        var theirs = Repository.HeadOf("main")!;
        var before = GitHub.Requests.Count;

        promotion = await engine.RunAsync(promotion);

        AssertAllSucceeded(promotion);
        Assert.Equal([theirs], Repository.Resolve("main")!.Parents);
        Assert.Equal(("theirs", Start.Replace("2", "ours", StringComparison.Ordinal)), (Text("other.yaml"), Text("a.yaml")));
        Assert.NotEqual((string?)StateOf(promotion, "commit").Output!["commit"], (string?)StateOf(promotion, "push").Output!["commit"]);
        Assert.Equal(Repository.HeadOf("main"), (string?)StateOf(promotion, "push").Output!["commit"]);
        Assert.Equal(5, GitHub.Requests.Count - before);
    }

    [Theory]
    [InlineData("one: theirs\ntwo: 2\nthree: 3\nfour: 4\n", "one: theirs\ntwo: ours\nthree: 3\nfour: 4\n")]
    [InlineData("one: 1\ntwo: 2\nthree: theirs\nfour: 4\n", "one: 1\ntwo: ours\nthree: theirs\nfour: 4\n")]
    [InlineData("zero: 0\none: 1\ntwo: 2\nthree: 3\nfour: 4\n", "zero: 0\none: 1\ntwo: ours\nthree: 3\nfour: 4\n")]
    [InlineData("one: x\ntwo: 2\n", "one: x\ntwo: ours\n")]
    [InlineData("two: 2\none: 1\nthree: 3\nfour: 4\n", "two: ours\none: 1\nthree: 3\nfour: 4\n")]
    [InlineData("one: 1\ntwo: ours\nthree: 3\nfour: theirs\n", "one: 1\ntwo: ours\nthree: 3\nfour: theirs\n")]
    public async Task Other_lines_of_our_file_are_kept(string theirs, string expected)
    {
        var promotion = await WithMeanwhileAsync(() => Add("a.yaml", theirs), SetLine("a.yaml", "two", "ours"));

        AssertAllSucceeded(promotion);
        Assert.Equal(expected, Text("a.yaml"));
    }

    [Theory]
    [InlineData("one: 1\ntwo: theirs\nthree: 3\nfour: 4\n", "Merge conflict: a.yaml")]
    [InlineData("something else altogether\ntwo: theirs\n", "Merge conflict: a.yaml")]
    [InlineData("one: 1\nthree: 3\nfour: 4\n", "Merge conflict: a.yaml")]
    public async Task The_same_line_is_a_conflict_and_theirs_stays(string theirs, string message)
    {
        var promotion = await WithMeanwhileAsync(() => Add("a.yaml", theirs), SetLine("a.yaml", "two", "ours"));

        Assert.Equal(StepPhase.Failed, Last(promotion).Phase);
        Assert.Contains(message, Last(promotion).Message);
        Assert.Equal(theirs, Text("a.yaml"));
    }

    [Fact]
    public async Task A_file_that_is_gone_says_so()
    {
        var promotion = await WithMeanwhileAsync(
            () => Repository.Commit("main", new Simulation.GitHub.CommitContent("Gone") { Removed = ["a.yaml"] }), SetLine("a.yaml", "two", "ours"));

        Assert.Equal((StepPhase.Failed, "There is no line two."), (Last(promotion).Phase, Last(promotion).Message));
    }

    [Theory]
    [InlineData("""{ "path": "m/a.yaml", "contents": "ours", "overwrite": true }""", "a.yaml")]
    [InlineData("""{ "path": "m/new.yaml", "contents": "ours" }""", "new.yaml")]
    public async Task A_whole_file_never_overwrites_what_others_wrote(string config, string path)
    {
        var promotion = await WithMeanwhileAsync(() => Add(path, Start + "theirs: 1\n"), Step("file-write", config));

        Assert.Equal(StepPhase.Failed, Last(promotion).Phase);
        Assert.Contains($"Merge conflict: {path}", Last(promotion).Message);
        Assert.Equal(Start + "theirs: 1\n", Text(path));
    }

    [Fact]
    public async Task A_whole_file_that_others_wrote_alike_is_no_conflict()
    {
        var promotion = await WithMeanwhileAsync(() => Add("new.yaml", "same"), Step("file-write", """{ "path": "m/new.yaml", "contents": "same" }"""));

        AssertAllSucceeded(promotion);
        Assert.Equal(3, CommitsOf("main"));
    }

    [Theory]
    [InlineData("dir/y.yaml", true)]
    [InlineData("dir/x.yaml", true)]
    [InlineData("elsewhere.yaml", false)]
    public async Task A_deleted_directory_that_others_filled_is_a_conflict(string theirs, bool isConflict)
    {
        var promotion = await WithMeanwhileAsync(() => Add(theirs, "theirs"), Step("delete", """{ "path": "m/dir" }"""));

        Assert.Equal(isConflict ? StepPhase.Failed : StepPhase.Succeeded, Last(promotion).Phase);
        Assert.Equal("theirs", Text(theirs));
    }

    [Fact]
    public async Task A_rewritten_branch_is_rebased_by_contents()
    {
        var promotion = await WithMeanwhileAsync(
            () => Repository.ForcePushAsync("main", Repository.History(Repository.HeadOf("main")!)[^1].Sha, [new("Rewritten", "r")]).Wait(),
            SetLine("a.yaml", "two", "ours"));

        AssertAllSucceeded(promotion);
        Assert.Equal(Start.Replace("2", "ours", StringComparison.Ordinal), Text("a.yaml"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_promotions_into_one_branch_all_land_with_one_commit_each(bool inOneProcess)
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            Add($"stacks/{i}.yaml", "commit: old\n");
        }

        var start = CommitsOf("main");
        var shared = Engine();
        var engines = Enumerable.Range(0, 5).Select(_ => inOneProcess ? shared : Engine()).ToList();
        Promotion[] promotions = [.. Enumerable.Range(0, 5).Select(i => Promotion(Clone(), SetLine($"stacks/{i}.yaml", "commit", $"new{i}"), Commit($"Update {i}"), Push()))];
        do
        {
            promotions = await Task.WhenAll(promotions.Select((p, i) => engines[i].RunAsync(p)));
            Time.Advance(TimeSpan.FromSeconds(10));
        }
        while (promotions.Any(p => Last(p).Wait is not null));

        Assert.All(promotions, AssertAllSucceeded);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal($"commit: new{i}\n", Text($"stacks/{i}.yaml")));
        Assert.Equal(start + 5, CommitsOf("main"));
    }

    [Fact]
    public async Task What_was_pushed_to_another_branch_only_is_pushed_to_this_one_too()
    {
        var promotion = Promotion(
            Clone(),
            SetLine("a.yaml", "two", "ours"),
            Commit("One"),
            Push("\"generateTargetBranch\": true"),
            SetLine("a.yaml", "three", "ours"),
            Commit("Two"),
            Push());
        promotion = await AdvanceAsync(Engine(), promotion, 6);
        Add("a.yaml", Start.Replace("one: 1", "one: theirs", StringComparison.Ordinal));

        AssertAllSucceeded(await Engine().RunAsync(promotion));

        Assert.Equal("one: theirs\ntwo: ours\nthree: ours\nfour: 4\n", Text("a.yaml"));
        Assert.Equal(5, CommitsOf("main"));
    }

    [Fact]
    public async Task A_promotion_whose_turn_comes_second_costs_eight_calls()
    {
        Add("b.yaml", "two: 2\n");
        var engine = Engine();
        var second = await AdvanceAsync(engine, Promotion(Clone(), SetLine("b.yaml", "two", "second"), Commit(), Push()), 3);
        await engine.RunAsync(Promotion(Clone(), SetLine("a.yaml", "two", "first"), Commit(), Push()));
        var before = GitHub.Requests.Count;

        AssertAllSucceeded(await engine.RunAsync(second));

        Assert.Equal(8, 4 + GitHub.Requests.Count - before);
    }

    [Fact]
    public async Task A_branch_that_never_rests_is_left_after_so_many_attempts()
    {
        var promotion = await AdvanceAsync(Engine(), Promotion(
            Clone(), SetLine("a.yaml", "two", "ours"), Commit(), Push("\"targetBranch\": \"main\", \"maxAttempts\": 2")), 3);
        GitHub.Faults.Enqueue(Simulation.GitHub.GitHubFault.Status(422, "Update is not a fast forward"), times: 6, pathPart: "/git/refs/heads/main");
        var engine = Engine();
        Add("other.yaml", "1");

        promotion = await engine.StepAsync(promotion);
        Assert.Equal((StepPhase.Running, true), (Last(promotion).Phase, Last(promotion).Wait!.NextCheckAt > Time.GetUtcNow()));
        promotion = await engine.StepAsync(promotion);

        Assert.Equal(StepPhase.Failed, Last(promotion).Phase);
        Assert.Contains("moved during each of 2 attempts", Last(promotion).Message);
    }

    private async Task<Promotion> WithMeanwhileAsync(Action meanwhile, Domain.Pipelines.PromotionStep step)
    {
        var (engine, promotion) = (Engine(), Promotion(Clone(), step, Commit(), Push()));
        promotion = await AdvanceAsync(engine, promotion, 3);
        meanwhile();
        return await engine.RunAsync(promotion);
    }

    private static async Task<Promotion> AdvanceAsync(GitOpsEngine engine, Promotion promotion, int steps)
    {
        while (steps-- > 0)
        {
            promotion = await engine.StepAsync(promotion);
        }

        return promotion;
    }
}
