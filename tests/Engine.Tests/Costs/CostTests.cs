using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Costs;

/// <summary>docs/cost.md computes with these counts; they stay what it says.</summary>
public sealed class CostTests
{
    [Fact]
    public async Task A_promotion_costs_at_most_what_the_page_says()
    {
        await using var world = await WorldAsync(Dev);
        await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
        var next = await world.FreightAsync();
        world.Cloud.Has("update 7", new CloudRun { Kind = "update", Result = "succeeded", Changes = new ResourceChanges(1, 2, 3, 4, 5) });
        world.Rows.Reset();
        world.Cluster.Calls.Clear();

        var promotion = await world.PromoteAsync(next, "dev");
        await LookAsync(world, promotion);
        var done = await world.AdvanceAsync(promotion);

        Assert.Equal(DirectiveKind.Done, done.Kind);
        Assert.True(world.Rows.RoundTrips <= CostCounts.Of("promotion.round-trips"), $"{world.Rows.RoundTrips} round trips: {world.Rows}");
        Assert.InRange(world.Cluster.Calls.Count, 1, CostCounts.Of("promotion.kubernetes-calls"));
        Assert.Equal(CostCounts.Of("promotion.pulumi-cloud-calls"), world.Cloud.Calls.Count);
    }

    [Fact]
    public async Task A_deployment_of_three_minutes_is_looked_at_as_often_as_the_page_says()
    {
        await using var world = await WorldAsync(Dev);
        var promotion = await StartAsync(world);

        var looks = 0;
        for (var end = world.Time.GetUtcNow().AddMinutes(3); world.Time.GetUtcNow() < end; looks++)
        {
            await LookAsync(world, promotion);
        }

        Assert.Equal(CostCounts.Of("looks.3-minutes"), looks);
    }

    [Fact]
    public async Task A_look_that_finds_nothing_new_costs_what_the_page_says()
    {
        await using var world = await WorldAsync(Dev);
        var promotion = await StartAsync(world);
        await LookAsync(world, promotion);
        await LookAsync(world, promotion);
        world.Rows.Reset();
        world.Cluster.Calls.Clear();

        await LookAsync(world, promotion);

        Assert.Equal(CostCounts.Of("look.round-trips"), world.Rows.RoundTrips);
        Assert.Equal(CostCounts.Of("look.kubernetes-calls"), world.Cluster.Calls.Count);
    }

    [Fact]
    public void Looks_are_as_far_apart_as_the_page_says()
    {
        Assert.Equal(CostCounts.Of("look.shortest-seconds"), PollSchedule.Shortest.TotalSeconds);
        Assert.Equal(CostCounts.Of("look.longest-seconds"), PollSchedule.Longest.TotalSeconds);
    }

    [Fact]
    public async Task A_sweep_that_finds_nothing_costs_what_the_page_says()
    {
        await using var world = await WorldAsync(Dev.Automatic(), After("staging", "dev").Automatic(), After("prod", "staging"));
        var freight = await world.FreightAsync();
        foreach (var stage in new[] { "dev", "staging", "prod" })
        {
            await world.FinishAsync(await world.PromoteAsync(freight, stage));
        }

        world.Rows.Reset();
        world.Cluster.Calls.Clear();

        await world.Sweeper.SweepAsync(A.Project, default);
        await world.EvaluateAsync();

        Assert.Equal(CostCounts.Of("sweep.round-trips"), world.Rows.RoundTrips);
        Assert.Equal(CostCounts.Of("sweep.kubernetes-calls"), world.Cluster.Calls.Count);
    }

    private static Stage Dev => A.Stage("dev", A.Direct, A.StackUpdate("dev"));

    private static Stage After(string name, string upstream) => A.Stage(name, A.From(upstream), A.StackUpdate(name));

    private static async Task<World> WorldAsync(params Stage[] stages)
    {
        var world = await World.WithAsync(stages);
        foreach (var stage in stages)
        {
            world.Cluster.AddStack(stage.Name, $"{A.Project}:{stage.Name}");
        }

        world.Cluster.SucceedsAtOnce = true;
        return world;
    }

    /// <summary>A promotion whose deployment the operator works on.</summary>
    private static async Task<Promotion> StartAsync(World world)
    {
        world.Cluster.SucceedsAtOnce = false;
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);
        world.Cluster.Observe("dev");
        world.Cluster.HasUpdate("dev-2", new UpdateSnapshot(false, false, "at it"));
        return promotion;
    }

    private static async Task LookAsync(World world, Promotion promotion) =>
        world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
}
