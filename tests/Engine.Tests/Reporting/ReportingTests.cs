using Waybill.Domain.Auditing;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Reporting;

public sealed class ReportingTests
{
    private static Stage Dev => A.Stage("dev", A.Direct, A.Step("compose-output"));

    [Fact]
    public async Task Off_it_makes_no_call_and_no_round_trip()
    {
        await using var world = await World.WithAsync(Dev);
        await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
        await world.Reporter.SettleAsync();

        Assert.Empty(world.GitHub.Calls);
        Assert.Empty((await world.Store.GetReportsAsync(A.Project, "dev", default)).Value.Promotions);
    }

    [Fact]
    public async Task A_promotion_is_told_to_its_end_with_at_most_two_calls_a_transition()
    {
        await using var world = (await World.WithAsync(Dev)).Tells(statuses: true, deployments: true);
        var freight = await world.FreightAsync();
        var promotion = await world.PromoteAsync(freight, "dev");
        await world.Reporter.SettleAsync();
        await world.FinishAsync(promotion);
        await world.Reporter.SettleAsync();

        var deployment = Assert.Single(world.GitHub.Deployments);
        Assert.Equal((freight.Commits[0].Id, "dev", promotion.Name), (deployment.Sha, deployment.Environment, deployment.Promotion));
        Assert.Equal((StatusState.Pending, StatusState.Success), (world.GitHub.Statuses[0].State, world.GitHub.Statuses[^1].State));
        Assert.Equal((DeploymentState.InProgress, DeploymentState.Success), (world.GitHub.Updates[0].Update.State, world.GitHub.Updates[^1].Update.State));
        Assert.All(world.GitHub.Statuses, s => Assert.Equal(
            (freight.Commits[0].Id, $"waybill/{A.Project}/dev", $"https://waybill.example/projects/{A.Project}/promotions/{promotion.Name}"),
            (s.Sha, s.Context, s.Target!.AbsoluteUri)));

        AuditAction[] transitions = [AuditAction.PromotionCreated, AuditAction.PromotionStarted, AuditAction.PromotionSucceeded, AuditAction.FreightVerified];
        Assert.Equal(transitions, await world.AuditAsync());
        Assert.InRange(world.GitHub.Calls.Count, 5, 2 * transitions.Length);
    }

    [Fact]
    public async Task One_that_waits_is_queued_and_then_in_progress()
    {
        await using var world = (await World.WithAsync(Dev)).Tells(statuses: true, deployments: true);
        var first = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.Reporter.SettleAsync();
        world.GitHub.Calls.Clear();

        var second = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.Reporter.SettleAsync();
        Assert.Equal(["status", "create"], world.GitHub.Calls);
        await world.FinishAsync(first);
        await world.Reporter.SettleAsync();

        Assert.Equal(DeploymentState.InProgress, world.GitHub.Updates.Last(u => u.Deployment == 2).Update.State);
        await world.AbortAsync(second);
        await world.FinishAsync(second);
        await world.Reporter.SettleAsync();
        Assert.Equal(DeploymentState.Inactive, world.GitHub.Updates.Last(u => u.Deployment == 2).Update.State);
    }

    [Theory]
    [InlineData(true, false, new[] { "status" })]
    [InlineData(false, true, new[] { "create", "update" })]
    public async Task Each_is_told_by_its_own_setting(bool statuses, bool deployments, string[] calls)
    {
        await using var world = (await World.WithAsync(Dev)).Tells(statuses, deployments);
        await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.Reporter.SettleAsync();

        Assert.Equal(calls, world.GitHub.Calls);
    }

    [Fact]
    public async Task A_restart_creates_no_second_deployment_and_needs_no_search()
    {
        await using var world = (await World.WithAsync(Dev)).Tells(statuses: false, deployments: true);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.Reporter.SettleAsync();

        world.Restart();
        await world.FinishAsync(promotion);
        await world.Reporter.SettleAsync();

        Assert.Single(world.GitHub.Calls, "create");
        Assert.DoesNotContain("find", world.GitHub.Calls);
        Assert.All(world.GitHub.Updates, u => Assert.Equal(1, u.Deployment));
    }

    [Fact]
    public async Task A_deployment_whose_number_got_lost_is_found_again()
    {
        await using var world = (await World.WithAsync(Dev)).Tells(statuses: false, deployments: true);
        world.GitHub.LosesAnswer = true;
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.Reporter.SettleAsync();
        world.GitHub.LosesAnswer = false;

        await world.FinishAsync(promotion);
        await world.Reporter.SettleAsync();

        Assert.Single(world.GitHub.Deployments);
        Assert.Equal((1, DeploymentState.Success), (world.GitHub.Updates[^1].Deployment, world.GitHub.Updates[^1].Update.State));
    }

    [Fact]
    public async Task GitHub_out_of_reach_holds_nothing_up_and_the_sweep_makes_up_for_it()
    {
        await using var world = (await World.WithAsync(Dev)).Tells(statuses: true, deployments: true);
        world.GitHub.Failure = new GitHubException(GitHubErrorKind.Unavailable, "GitHub has a problem (502).");
        var ended = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
        await world.Reporter.SettleAsync();
        Assert.Equal((PromotionPhase.Succeeded, VerificationPhase.Successful), (ended.Phase, ended.Verification!.Phase));

        world.GitHub.Failure = null;
        await world.Sweeper.SweepAsync(A.Project, default);
        await world.Reporter.SettleAsync();
        var calls = world.GitHub.Calls.Count;
        await world.Sweeper.SweepAsync(A.Project, default);
        await world.Reporter.SettleAsync();

        Assert.Equal(StatusState.Success, Assert.Single(world.GitHub.Statuses).State);
        Assert.Equal(DeploymentState.Success, Assert.Single(world.GitHub.Updates).Update.State);
        Assert.Equal(calls, world.GitHub.Calls.Count);
    }
}
