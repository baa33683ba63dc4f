using Waybill.Domain.Promotions;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitOps;

/// <summary>Clone, edit, commit, push: what a GitOps promotion does.</summary>
public sealed class ThinPathTests : GitOpsFixture
{
    private const string Before = "# dev\nspec:\ncommit: old\nother: 1\n";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Repository.Commit("main", new CommitContent("Start", "README.md") { Texts = new Dictionary<string, string> { ["stacks/dev.yaml"] = Before } });
    }

    [Fact]
    public async Task A_promotion_commits_one_change_and_touches_nothing_else()
    {
        var start = Repository.HeadOf("main");

        var promotion = await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit("Update dev"), Push()));

        Assert.All(promotion.StepStates, s => Assert.Equal((StepPhase.Succeeded, s.Message), (s.Phase, s.Message)));
        var head = Repository.Resolve("main")!;
        Assert.Equal([start!], head.Parents);
        Assert.Equal($"Update dev\n\nWaybill-Promotion: shop/{promotion.Name}", head.Message);
        Assert.Equal(Before.Replace("old", "new", StringComparison.Ordinal), Repository.ReadText("main", "stacks/dev.yaml"));
        Assert.Equal(head.Sha, (string?)promotion.StepStates[2].Output!["commit"]);
        Assert.Equal(("main", head.Sha, $"https://github.com/acme/manifests/commit/{head.Sha}"), Outputs(promotion.StepStates[3]));
    }

    [Fact]
    public async Task It_costs_five_calls()
    {
        await Engine().RunAsync(Promotion(Clone(), SetLine("stacks/dev.yaml", "commit", "new"), Commit(), Push()));

        Assert.Equal(5, GitHub.Requests.Count);
    }

    private static (string?, string?, string?) Outputs(StepState state) =>
        ((string?)state.Output!["branch"], (string?)state.Output["commit"], (string?)state.Output["commitURL"]);
}
