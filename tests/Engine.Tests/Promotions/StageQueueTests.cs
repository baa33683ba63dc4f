using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Promotions;

public sealed class StageQueueTests
{
    [Fact]
    public async Task The_next_starts_when_the_one_before_is_verified_and_not_sooner()
    {
        await using var world = await DeployedButUnknownAsync();
        var (first, second) = await TwoAsync(world);

        var before = (await world.LoadAsync(first), await world.LoadAsync(second));
        world.Cluster.End("dev");
        await world.FinishAsync(first);

        Assert.Equal((PromotionPhase.Succeeded, PromotionPhase.Pending), (before.Item1.Phase, before.Item2.Phase));
        Assert.Equal(PromotionPhase.Running, (await world.LoadAsync(second)).Phase);
        Assert.Contains(second.Name, world.Driver.Driven);
    }

    [Fact]
    public async Task The_next_starts_when_verification_of_the_one_before_timed_out()
    {
        await using var world = await DeployedButUnknownAsync();
        var (first, second) = await TwoAsync(world);

        var ended = await world.FinishAsync(first);

        Assert.Equal(VerificationPhase.Inconclusive, ended.Verification!.Phase);
        Assert.Equal(TimeSpan.FromMinutes(10), ended.Verification.FinishedAt - ended.Verification.StartedAt);
        Assert.Equal(PromotionPhase.Running, (await world.LoadAsync(second)).Phase);
        Assert.False((await world.LoadAsync(await FreightOfAsync(world, first))).IsVerifiedIn("dev"));
    }

    [Fact]
    public async Task What_is_broken_keeps_nobody_waiting()
    {
        await using var world = await DeployedButUnknownAsync();
        var (first, second) = await TwoAsync(world);

        world.Cluster.HasNoStack("dev");
        var ended = await world.FinishAsync(first);

        Assert.Equal(VerificationPhase.Failed, ended.Verification!.Phase);
        Assert.Equal(PromotionPhase.Running, (await world.LoadAsync(second)).Phase);
    }

    [Fact]
    public async Task A_stage_that_left_the_pipeline_drops_what_waited_there()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("compose-output")));
        var first = await world.PromoteAsync(await world.FreightAsync(), "dev");
        var second = await world.PromoteAsync(await world.FreightAsync(), "dev");

        world.Use();
        await world.FinishAsync(first);

        var dropped = await world.LoadAsync(second);
        Assert.Equal((PromotionPhase.Failed, "Stage dev is no longer in the pipeline."), (dropped.Phase, dropped.Message));
        Assert.Empty((await world.StageAsync("dev")).Queue);
        Assert.Single(await world.AuditAsync(), AuditAction.PromotionFailed);
    }

    [Fact]
    public async Task Freight_that_is_no_longer_available_is_dropped_and_the_one_behind_it_starts()
    {
        await using var world = await World.WithAsync(A.Stage("prod", A.From("dev"), A.Step("compose-output")));
        var freight = new[] { await world.VerifiedFreightAsync("dev"), await world.VerifiedFreightAsync("dev"), await world.VerifiedFreightAsync("dev") };
        var first = await world.PromoteAsync(freight[0], "prod");
        var revoked = await world.PromoteAsync(freight[1], "prod");
        var third = await world.PromoteAsync(freight[2], "prod");

        await world.ChangeAsync(freight[1].Id, f => f.RevokeVerificationIn("dev"));
        await world.FinishAsync(first);

        Assert.Equal(PromotionPhase.Failed, (await world.LoadAsync(revoked)).Phase);
        Assert.Contains("no longer available", (await world.LoadAsync(revoked)).Message);
        Assert.Equal(third.Name, (await world.StageAsync("prod")).CurrentPromotion!.Name);
    }

    [Fact]
    public async Task Sweeping_finds_what_nobody_was_told_about()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval()), A.Stage("qa", A.Direct, A.Approval()));
        var running = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.FreightAsync();

        world.Restart();
        await world.Sweeper.DriveAsync(A.Project, default);

        Assert.Equal([running.Name], world.Driver.Driven);
    }

    [Fact]
    public async Task A_failed_re_verification_takes_the_stage_s_word_back()
    {
        await using var world = await PromotionLifeTests.WorldWithDevAsync();
        var freight = await world.FreightAsync();
        await world.FinishAsync(await world.PromoteAsync(freight, "dev"));
        var again = await world.PromoteAsync(freight, "dev");
        await StepAsync(world, again);
        await StepAsync(world, again, deployed: () => world.Cluster.HasNoStack("dev"));

        await world.FinishAsync(again);

        Assert.False((await world.LoadAsync(freight)).IsVerifiedIn("dev"));
        Assert.Single(await world.AuditAsync(), AuditAction.VerificationRevoked);
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_asked_takes_nothing_back()
    {
        await using var world = await DeployedButUnknownAsync();
        var freight = await world.FreightAsync();
        await world.ChangeAsync(freight.Id, f => f.VerifyIn("dev", A.Noon));

        var ended = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        Assert.Equal(VerificationPhase.Inconclusive, ended.Verification!.Phase);
        Assert.Equal(HealthState.Unknown, (await world.StageAsync("dev")).Health.State);
        Assert.True((await world.LoadAsync(freight)).IsVerifiedIn("dev"));
    }

    /// <summary>A world whose deployment works, after which the operator has not looked at the Stack again.</summary>
    private static async Task<World> DeployedButUnknownAsync()
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("deploy"), A.Step("compose-output")));
        var stack = world.Cluster.AddStack("dev", null);
        world.Cluster["dev"] = stack with { ObservedGeneration = 0 };
        var check = new StackHealthCheck(stack.Reference, stack.Commit!, "up");
        return world.Knows(new ScriptedStep("deploy", _ => StepResult.Succeeded() with { HealthChecks = [check] }, _ => StepResult.Succeeded()));
    }

    private static async Task<(Promotion First, Promotion Second)> TwoAsync(World world)
    {
        var two = (await world.PromoteAsync(await world.FreightAsync(), "dev"), await world.PromoteAsync(await world.FreightAsync(), "dev"));
        await world.AdvanceAsync(two.Item1);
        return two;
    }

    private static async Task StepAsync(World world, Promotion promotion, Action? deployed = null)
    {
        var next = await world.Runner.ExecuteStepAsync(new(A.Project, promotion.Name), 0, default);
        world.Time.Advance((next.Until ?? world.Time.GetUtcNow()) - world.Time.GetUtcNow());
        deployed?.Invoke();
    }

    private static async Task<Domain.Freights.Freight> FreightOfAsync(World world, Promotion promotion) =>
        (await world.Store.GetFreightAsync(A.Project, promotion.Freight.Id, default))!.Value;
}
