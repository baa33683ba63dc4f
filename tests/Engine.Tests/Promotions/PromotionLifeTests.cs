using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using static Waybill.Domain.Auditing.AuditAction;

namespace Waybill.Engine.Tests.Promotions;

public sealed class PromotionLifeTests
{
    [Fact]
    public async Task Freight_comes_to_a_stage_and_is_verified_there()
    {
        await using var world = await WorldWithDevAsync();
        var freight = await world.FreightAsync();

        var promotion = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal((PromotionPhase.Succeeded, ""), (promotion.Phase, promotion.Message));
        Assert.Equal(VerificationPhase.Successful, promotion.Verification!.Phase);
        Assert.Equal(freight.Commits[0].Id, world.Cluster["dev"].Commit);
        Assert.Equal([PromotionCreated, PromotionStarted, PromotionSucceeded, FreightVerified], await world.AuditAsync());
        var (stage, arrived) = (await world.StageAsync("dev"), await world.LoadAsync(freight));
        Assert.Equal((freight.Id, HealthState.Healthy, false), (stage.Current["app"].Id, stage.Health.State, stage.IsBusy));
        Assert.True(arrived.IsCurrentlyIn("dev") && arrived.IsVerifiedIn("dev"));
        Assert.Equal(PromotionPhase.Succeeded, arrived.PromotedTo["dev"].Phase);
    }

    /// <summary>Issue 2, section 5.</summary>
    [Fact]
    public async Task A_direct_promotion_costs_at_most_12_round_trips_and_4_cluster_calls()
    {
        await using var world = await WorldWithDevAsync();
        var freight = await world.FreightAsync();
        await world.FinishAsync(await world.PromoteAsync(freight, "dev"));
        var next = await world.FreightAsync();
        world.Rows.Reset();
        world.Cluster.Calls.Clear();

        var promotion = await world.PromoteAsync(next, "dev");
        var waits = await world.AdvanceAsync(promotion);
        world.Time.Advance(waits.Until!.Value - world.Time.GetUtcNow());
        var done = await world.AdvanceAsync(promotion);

        Assert.Equal(DirectiveKind.Done, done.Kind);
        Assert.True(world.Rows.RoundTrips <= 12, $"{world.Rows.RoundTrips} round trips: {world.Rows}");
        Assert.Equal(["get dev", "patch dev", "get dev", "get dev"], world.Cluster.Calls);
    }

    [Fact]
    public async Task A_look_that_finds_nothing_new_costs_one_read_and_no_write()
    {
        await using var world = await WorldWithDevAsync();
        world.Cluster.SucceedsAtOnce = false;
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await LookAsync(world, promotion);
        await LookAsync(world, promotion);
        world.Rows.Reset();

        await LookAsync(world, promotion);

        Assert.Equal((1, 0, 0), (world.Rows.Gets, world.Rows.Queries, world.Rows.Commits));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_jumps_a_day_does_not_leave_a_promotion_hanging(int days)
    {
        await using var world = await WorldWithDevAsync();
        world.Cluster.SucceedsAtOnce = false;
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);
        world.Time.AdjustTime(world.Time.GetUtcNow().AddDays(days));
        world.Cluster.End("dev");

        var before = world.Time.GetUtcNow();
        var ended = await world.FinishAsync(promotion);

        Assert.Equal((PromotionPhase.Succeeded, VerificationPhase.Successful), (ended.Phase, ended.Verification!.Phase));
        Assert.InRange(world.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Editing_the_pipeline_leaves_a_running_promotion_as_it_was()
    {
        await using var world = await WorldWithDevAsync();
        world.Cluster.SucceedsAtOnce = false;
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);

        world.Use(A.Stage("dev", A.Direct, A.Step("fail")));
        world.Cluster.End("dev");
        var ended = await world.FinishAsync(promotion);

        Assert.Equal(PromotionPhase.Succeeded, ended.Phase);
        Assert.Equal("pulumi-stack-update", Assert.Single(ended.Steps).Uses);
    }

    [Fact]
    public async Task Removing_the_stage_lets_what_runs_there_end()
    {
        await using var world = await WorldWithDevAsync();
        world.Cluster.SucceedsAtOnce = false;
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);

        world.Use();
        world.Cluster.End("dev");

        Assert.Equal(PromotionPhase.Succeeded, (await world.FinishAsync(promotion)).Phase);
    }

    internal static async Task<World> WorldWithDevAsync()
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.StackUpdate("dev")));
        world.Cluster.AddStack("dev", "shop:dev");
        world.Cluster.SucceedsAtOnce = true;
        return world;
    }

    private static async Task LookAsync(World world, Promotion promotion) =>
        world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
}
