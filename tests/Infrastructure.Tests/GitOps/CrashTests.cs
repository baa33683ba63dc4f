using Waybill.Domain.Promotions;
using Waybill.Engine.Records;
using Waybill.TestStores;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>The process ends between any two steps, or within one after it worked and before it was recorded.</summary>
public sealed class CrashTests : GitOpsFixture
{
    private const string Start = "one: 1\ntwo: 2\nthree: 3\n";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Add("a.yaml", Start);
    }

    [Fact]
    public async Task Every_step_in_a_process_of_its_own_gives_one_commit()
    {
        await using var file = await SqliteTemporaryFile.CreateAsync();
        var promotion = await StoreAsync(file, Promotion(Clone(), SetLine("a.yaml", "two", "ours"), Commit(), Push()), null);

        while (promotion.Value.CurrentStep < promotion.Value.Steps.Count)
        {
            promotion = await StoreAsync(file, await Engine().StepAsync(promotion.Value), promotion);
        }

        AssertAllSucceeded(promotion.Value);
        Assert.Equal((2, Start.Replace("2", "ours", StringComparison.Ordinal)), (CommitsOf("main"), Text("a.yaml")));
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(1, false, false)]
    [InlineData(2, false, false)]
    [InlineData(3, false, false)]
    [InlineData(3, true, false)]
    [InlineData(3, false, true)]
    [InlineData(3, true, true)]
    public async Task A_step_whose_record_was_lost_is_run_again_and_one_commit_lands(int lost, bool othersPushedBefore, bool othersPushedAfter)
    {
        var promotion = Promotion(Clone(), SetLine("a.yaml", "two", "ours"), Commit(), Push());
        while (promotion.CurrentStep < promotion.Steps.Count)
        {
            var isLost = promotion.CurrentStep == lost;
            if (isLost && othersPushedBefore)
            {
                Add("a.yaml", Start.Replace("one: 1", "one: theirs", StringComparison.Ordinal));
            }

            var after = await Engine().StepAsync(promotion);
            if (isLost && othersPushedAfter)
            {
                Add("a.yaml", Text("a.yaml")!.Replace("three: 3", "three: later", StringComparison.Ordinal));
            }

            promotion = isLost ? await Engine().StepAsync(promotion) : after;
        }

        AssertAllSucceeded(promotion);
        var history = Repository.History(Repository.HeadOf("main")!);
        var ours = Assert.Single(history, c => c.Message.Contains("Waybill-Promotion:", StringComparison.Ordinal));
        Assert.Equal(ours.Sha, (string?)StateOf(promotion, "push").Output!["commit"]);
        Assert.Equal(2 + (othersPushedBefore ? 1 : 0) + (othersPushedAfter ? 1 : 0), history.Count);
        Assert.Contains("two: ours", Text("a.yaml"));
    }

    [Fact]
    public async Task A_lost_answer_to_the_push_does_no_harm()
    {
        var promotion = Promotion(Clone(), SetLine("a.yaml", "two", "ours"), Commit(), Push());
        var engine = Engine();
        for (var i = 0; i < 3; i++)
        {
            promotion = await engine.StepAsync(promotion);
        }

        GitHub.Faults.Enqueue(new Simulation.GitHub.GitHubFault.Drop(), pathPart: "/git/refs/");
        promotion = promotion with { Steps = [.. promotion.Steps.Select(s => s with { Retry = s.Retry with { ErrorThreshold = 2 } })] };
        promotion = await engine.StepAsync(promotion);
        Assert.Equal(1, Last(promotion).ErrorCount);
        promotion = await engine.StepAsync(promotion);

        AssertAllSucceeded(promotion);
        Assert.Equal(2, CommitsOf("main"));
    }

    // The record goes through the store, so nothing survives that is not in its JSON.
    private static async Task<Stored<Promotion>> StoreAsync(SqliteTemporaryFile file, Promotion promotion, Stored<Promotion>? before)
    {
        var store = new ProjectStore(file.Store);
        await store.Begin(promotion.Project).Write(before is null ? new Stored<Promotion>(promotion, null) : before.Then(promotion)).CommitAsync(CancellationToken.None);
        return (await store.GetPromotionAsync(promotion.Project, promotion.Name, CancellationToken.None))!;
    }
}
