using System.Security.Cryptography;
using Waybill.Domain.Promotions;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>GitHub refuses, limits, forgets us, or holds a very large repository.</summary>
public sealed class BadDaysTests : GitOpsFixture
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Add("a.yaml", "commit: old\n");
    }

    [Fact]
    public async Task A_protected_branch_fails_with_GitHubs_words_and_the_remedy()
    {
        Repository.Protect("main");

        var state = Last(await RunAsync());

        Assert.Equal(StepPhase.Failed, state.Phase);
        Assert.Contains("Changes must be made through a pull request.", state.Message);
        Assert.Contains("generateTargetBranch", state.Message);
        Assert.Equal("commit: old\n", Text("a.yaml"));
    }

    [Theory]
    [InlineData(403, "Resource not accessible by integration", "write access")]
    [InlineData(403, "Repository was archived so is read-only.", "Unarchive")]
    [InlineData(422, "Object does not exist", "Object does not exist")]
    public async Task Other_refusals_are_told_too(int status, string words, string remedy)
    {
        GitHub.Faults.Enqueue(GitHubFault.Status(status, words), pathPart: "/git/refs/");

        var state = Last(await RunAsync());

        Assert.Equal(StepPhase.Failed, state.Phase);
        Assert.Contains(words, state.Message);
        Assert.Contains(remedy, state.Message);
    }

    [Theory]
    [InlineData("/branches/")]
    [InlineData("/contents/")]
    [InlineData("/git/trees")]
    [InlineData("/git/commits")]
    [InlineData("/git/refs/")]
    public async Task A_limit_is_waited_for_as_long_as_GitHub_says_and_is_no_error(string where)
    {
        GitHub.Faults.Enqueue(GitHubFault.SecondaryLimit(TimeSpan.FromSeconds(1234)), pathPart: where);
        var engine = Engine();

        var promotion = await engine.RunAsync(Subject());

        var state = Last(promotion);
        Assert.Equal((StepPhase.Running, 0), (state.Phase, state.ErrorCount));
        Assert.Equal(Time.GetUtcNow().AddSeconds(1234), state.Wait!.NextCheckAt);
        Assert.True(state.Wait.Deadline > state.Wait.NextCheckAt);
        Time.Advance(TimeSpan.FromSeconds(1234));
        AssertAllSucceeded(await engine.RunAsync(promotion));
        Assert.Equal(2, CommitsOf("main"));
    }

    [Fact]
    public async Task Limits_without_end_end_the_step_after_two_hours()
    {
        GitHub.Faults.Enqueue(GitHubFault.SecondaryLimit(TimeSpan.FromMinutes(59)), times: 9);
        var (engine, promotion) = (Engine(), Subject());

        for (var hours = 0; hours < 4 && Last(promotion).Phase is StepPhase.Running; hours++)
        {
            promotion = await engine.StepAsync(promotion);
            Time.Advance(TimeSpan.FromMinutes(59));
        }

        Assert.Equal(StepPhase.Errored, Last(promotion).Phase);
        Assert.Contains("rate limit", Last(promotion).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_token_that_ends_in_the_middle_is_replaced(int after)
    {
        using var key = RSA.Create(2048);
        GitHub.RegisterApp("app", 7, key.ExportSubjectPublicKeyInfoPem());
        Settings = o => (o.App.Id, o.App.InstallationId, o.App.PrivateKey) = ("app", 7, key.ExportRSAPrivateKeyPem());
        var (engine, promotion) = (Engine(), Subject());
        for (var i = 0; i < after; i++)
        {
            promotion = await engine.StepAsync(promotion);
        }

        GitHub.RevokeTokens();

        AssertAllSucceeded(await engine.RunAsync(promotion));
        Assert.Equal(2, CommitsOf("main"));
    }

    [Theory]
    [InlineData(401, StepPhase.Errored, "GitHub:Token")]
    [InlineData(500, StepPhase.Errored, "githubstatus.com")]
    public async Task What_is_wrong_with_GitHub_itself_is_an_error(int status, StepPhase phase, string remedy)
    {
        GitHub.Faults.Enqueue(GitHubFault.Status(status));

        var state = Last(await RunAsync());

        Assert.Equal(phase, state.Phase);
        Assert.Contains(remedy, state.Message);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_an_error_that_names_it()
    {
        var clone = Clone();
        clone.Config["repoURL"] = "https://github.com/acme/nope";

        var state = Last(await Engine().RunAsync(Promotion(clone)));

        Assert.Equal(StepPhase.Errored, state.Phase);
        Assert.Contains("acme/nope", state.Message);
    }

    [Fact]
    public async Task A_repository_of_200_MB_costs_no_more_than_a_small_one()
    {
        var names = Enumerable.Range(0, 20_000).Select(i => $"big/{i % 100}/file-{i}.bin").ToArray();
        var bulk = new string('x', 1_000_000);
        Repository.Commit("main", new CommitContent("Bulk", names) { Texts = Enumerable.Range(0, 200).ToDictionary(i => $"blobs/{i}", _ => bulk) });

        AssertAllSucceeded(await RunAsync());

        Assert.Equal(5, GitHub.Requests.Count);
        Assert.InRange(GitHub.BytesSent, 1, 64 * 1024);
        Assert.Equal("commit: new\n", Text("a.yaml"));
        Assert.Equal(20_201, Repository.Resolve("main")!.Tree.Count);
    }

    [Fact]
    public async Task A_directory_that_GitHub_does_not_tell_whole_is_refused()
    {
        Repository.Commit("main", new CommitContent("Bulk", [.. Enumerable.Range(0, 20).Select(i => $"big/{i}")]));
        Repository.TreeLimit = 10;

        var state = Last(await Engine().RunAsync(Promotion(Clone(), Step("copy", """{ "inPath": "m/big", "outPath": "m/other" }"""), Commit())));

        Assert.Equal(StepPhase.Failed, state.Phase);
        Assert.Contains("Name a smaller directory", state.Message);
    }

    [Fact]
    public async Task A_file_of_more_than_1_MiB_is_not_edited()
    {
        Add("a.yaml", "commit: old\n" + new string('#', 1024 * 1024));

        var state = Last(await RunAsync());

        Assert.Equal(StepPhase.Errored, state.Phase);
        Assert.Contains("larger than 1 MiB", state.Message);
    }

    [Fact]
    public async Task Changes_that_would_not_fit_the_record_are_refused()
    {
        var text = new string('x', 50_000);

        var promotion = await Engine().RunAsync(Promotion(
            Clone(),
            Step("file-write", $$"""{ "path": "m/1", "contents": "{{text}}" }""", "first"),
            Step("file-write", $$"""{ "path": "m/2", "contents": "{{text}}" }""", "second")));

        Assert.Equal((StepPhase.Succeeded, StepPhase.Errored), (StateOf(promotion, "first").Phase, StateOf(promotion, "second").Phase));
        Assert.Contains("96 KiB", Last(promotion).Message);
    }

    private Promotion Subject() => Promotion(Clone(), SetLine("a.yaml", "commit", "new"), Commit(), Push());

    private Task<Promotion> RunAsync() => Engine().RunAsync(Subject());
}
