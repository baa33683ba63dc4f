using Waybill.Domain.Auditing;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.AutoPromotion;

public sealed class ProjectEvaluatorTests
{
    private static readonly PromotionStep Nothing = A.Step("compose-output");
    private static readonly FreightSources Soaking = A.From("dev") with { RequiredSoakTime = TimeSpan.FromHours(2) };

    [Fact]
    public async Task The_newest_freight_goes_where_it_can_and_once()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing).Automatic(), A.Stage("manual", A.Direct, Nothing));
        await world.FreightAsync();
        var @new = await world.FreightAsync();

        await world.EvaluateAsync();
        await world.EvaluateAsync();

        var promotion = Assert.Single(await world.PromotionsAsync("dev"));
        Assert.Equal((@new.Id, "auto-promotion"), (promotion.Freight.Id, promotion.Actor));
        Assert.Empty(await world.PromotionsAsync("manual"));
        Assert.Empty((await world.StageAsync("dev")).Holds);
    }

    [Fact]
    public async Task Many_evaluations_at_once_make_one_promotion()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval()).Automatic());
        await world.FreightAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(world.EvaluateAsync)));

        Assert.Single(await world.PromotionsAsync("dev"));
    }

    [Fact]
    public async Task A_soak_wakes_at_its_moment_and_not_before()
    {
        await using var world = await World.WithAsync(A.Stage("prod", Soaking, Nothing).Automatic());
        var freight = await world.VerifiedFreightAsync("dev");
        var end = world.Time.GetUtcNow().AddHours(2);

        Assert.Equal(end, await world.EvaluateAsync());
        world.Time.SetUtcNow(end.AddTicks(-1));
        Assert.Equal(end, await world.EvaluateAsync());
        Assert.Empty(await world.PromotionsAsync("prod"));
        world.Time.SetUtcNow(end);
        Assert.Null(await world.EvaluateAsync());

        Assert.Equal(freight.Id, Assert.Single(await world.PromotionsAsync("prod")).Freight.Id);
    }

    [Fact]
    public async Task Freight_that_soaks_behind_what_is_here_wakes_too()
    {
        await using var world = await World.WithAsync(A.Stage("prod", Soaking, Nothing).Automatic());
        await world.VerifiedFreightAsync("dev");
        world.Time.Advance(TimeSpan.FromHours(3));
        await world.EvaluateAsync();
        await world.FinishAsync(Assert.Single(await world.PromotionsAsync("prod")));

        await world.VerifiedFreightAsync("dev");
        var end = world.Time.GetUtcNow().AddHours(2);

        Assert.Equal(end, await world.EvaluateAsync());
    }

    [Fact]
    public async Task Matching_upstream_follows_it_back_to_older_freight()
    {
        await using var world = await World.WithAsync(
            A.Stage("dev", A.Direct, Nothing), A.Stage("twin", A.From("dev") with { SelectionPolicy = SelectionPolicy.MatchUpstream }, Nothing).Automatic());
        var (old, @new) = (await world.FreightAsync(), await world.FreightAsync());
        foreach (var freight in new[] { old, @new, old })
        {
            await world.FinishAsync(await world.PromoteAsync(freight, "dev"));
            await world.EvaluateAsync();
            await world.FinishAsync((await world.PromotionsAsync("twin"))[0]);
        }

        Assert.Equal([old.Id, @new.Id, old.Id], (await world.PromotionsAsync("twin")).Select(p => p.Freight.Id));
    }

    [Fact]
    public async Task What_failed_is_not_tried_again_by_itself_and_newer_freight_is()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("fail")).Automatic());
        await world.FreightAsync();
        await world.EvaluateAsync();
        await world.FinishAsync(Assert.Single(await world.PromotionsAsync("dev")));
        await world.EvaluateAsync();
        Assert.Single(await world.PromotionsAsync("dev"));

        var newer = await world.FreightAsync();
        await world.EvaluateAsync();

        Assert.Equal(newer.Id, (await world.PromotionsAsync("dev"))[0].Freight.Id);
    }

    [Fact]
    public async Task Approved_freight_is_a_candidate()
    {
        await using var world = await World.WithAsync(A.Stage("prod", A.From("dev"), Nothing).Automatic());
        var freight = await world.FreightAsync();
        await world.EvaluateAsync();
        Assert.Empty(await world.PromotionsAsync("prod"));

        await world.FreightApprover.ApproveAsync(world.Pipeline, freight.Id, "prod", "ada", "", default);
        await world.EvaluateAsync();

        Assert.Equal(freight.Id, Assert.Single(await world.PromotionsAsync("prod")).Freight.Id);
    }

    [Fact]
    public async Task Freight_passes_control_flow_stages_and_is_promoted_behind_them_in_one_go()
    {
        await using var world = await World.WithAsync(
            A.Stage("gate", A.Direct), A.Stage("second", A.From("gate")), A.Stage("prod", A.From("second"), Nothing).Automatic());
        var freight = new[] { await world.FreightAsync(), await world.FreightAsync(), await world.FreightAsync() };

        await world.EvaluateAsync();
        await world.EvaluateAsync();

        Assert.Equal(freight[2].Id, Assert.Single(await world.PromotionsAsync("prod")).Freight.Id);
        foreach (var passed in freight)
        {
            Assert.True((await world.LoadAsync(passed)).IsVerifiedIn("second"));
        }

        Assert.Equal(6, (await world.AuditAsync()).Count(a => a is AuditAction.FreightVerified));
        Assert.True(world.Driver.Evaluations > 0);
    }

    [Fact]
    public async Task A_control_flow_stage_wakes_at_the_end_of_a_soak()
    {
        await using var world = await World.WithAsync(A.Stage("gate", Soaking));
        var freight = await world.VerifiedFreightAsync("dev");
        var end = world.Time.GetUtcNow().AddHours(2);

        Assert.Equal(end, await world.EvaluateAsync());
        world.Time.SetUtcNow(end);
        await world.EvaluateAsync();

        Assert.True((await world.LoadAsync(freight)).IsVerifiedIn("gate"));
    }

    [Fact]
    public async Task The_cost_of_looking_does_not_grow_with_history()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing).Automatic(), A.Stage("prod", A.From("dev"), A.Approval()).Automatic());
        await DeployAsync();
        var few = await CostAsync();
        for (var i = 0; i < 8; i++)
        {
            await DeployAsync();
        }

        Assert.Equal(few, await CostAsync());

        async Task DeployAsync() => await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        async Task<int> CostAsync()
        {
            await world.EvaluateAsync();
            foreach (var promotion in (await world.PromotionsAsync("prod")).Where(p => !p.IsSettled))
            {
                await world.AdvanceAsync(promotion);
                await ApproveAsync(world, promotion);
                await world.FinishAsync(promotion);
            }

            world.Rows.Reset();
            await world.EvaluateAsync();
            return world.Rows.RoundTrips;
        }
    }

    [Fact]
    public async Task A_project_that_is_gone_is_left_alone()
    {
        await using var world = await World.WithAsync();

        Assert.Null(await world.Evaluator.EvaluateAsync("gone", default));
    }

    private static async Task ApproveAsync(World world, Promotion promotion)
    {
        var token = new Engine.Approvals.ApprovalToken(A.Project, promotion.Name, 0, "ada", [], world.Time.GetUtcNow().AddDays(1));
        await world.Desk.DecideAsync(world.Signer.Sign(token), ApprovalDecision.Approve, null, default);
    }
}
