using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Promotions;

public sealed class PromotionCreatorTests
{
    private static readonly Domain.Pipelines.PromotionStep Nothing = A.Step("compose-output");

    [Fact]
    public async Task What_is_not_there_or_makes_no_sense_is_refused_with_its_reason()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing), A.Stage("gate", A.From("dev")), A.Stage("prod", A.From("gate"), Nothing));
        var freight = await world.FreightAsync();

        Assert.Equal(RefusalKind.NotFound, (await world.TryPromoteAsync(freight, "nowhere")).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await world.TryPromoteAsync(freight with { Id = "no-such" }, "dev")).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotPossible, (await world.TryPromoteAsync(freight, "gate")).Refusal!.Kind);
        var refused = await world.TryPromoteAsync(freight, "prod");
        Assert.Equal(RefusalKind.NotAvailable, refused.Refusal!.Kind);
        Assert.Contains("Not verified in gate yet", refused.Refusal.Message);
        Assert.Empty(await world.AuditAsync());
        Assert.Empty(world.Driver.Driven);
    }

    [Fact]
    public async Task Freight_of_another_origin_is_refused_even_when_approval_was_tried()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing));
        var other = await world.FreightAsync("other");

        var approval = await world.FreightApprover.ApproveAsync(world.Pipeline, other.Id, "dev", "ada", "", default);

        Assert.Equal(RefusalKind.NotPossible, approval!.Kind);
        Assert.Equal(RefusalKind.NotAvailable, (await world.TryPromoteAsync(other, "dev")).Refusal!.Kind);
    }

    [Fact]
    public async Task Approved_freight_bypasses_verification_and_says_who_let_it()
    {
        await using var world = await World.WithAsync(A.Stage("prod", A.From("dev"), Nothing));
        var freight = await world.FreightAsync();

        await world.FreightApprover.ApproveAsync(world.Pipeline, freight.Alias, "prod", "ada", "hotfix", default);
        await world.FreightApprover.ApproveAsync(world.Pipeline, freight.Alias, "prod", "eve", "again", default);

        Assert.True((await world.TryPromoteAsync(freight, "prod")).IsAccepted);
        var entry = Assert.Single(await world.EntriesAsync(), e => e.Action is AuditAction.FreightApproved);
        Assert.Equal(("ada", "hotfix", "prod"), (entry.Actor, entry.Reason, entry.Stage));
    }

    [Fact]
    public async Task A_double_click_is_one_promotion()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing));
        var freight = await world.FreightAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => world.TryPromoteAsync(freight, "dev"))));

        Assert.Single(results, r => r.IsAccepted);
        Assert.All(results.Where(r => !r.IsAccepted), r => Assert.Equal(RefusalKind.AlreadyPromoting, r.Refusal!.Kind));
        Assert.Single(await world.PromotionsAsync("dev"));
    }

    [Fact]
    public async Task A_busy_stage_queues_in_the_order_of_asking()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval()));
        var first = await world.PromoteAsync(await world.FreightAsync(), "dev");
        var second = await world.PromoteAsync(await world.FreightAsync(), "dev");
        var third = await world.PromoteAsync(await world.FreightAsync(), "dev");

        var stage = await world.StageAsync("dev");
        Assert.Equal(first.Name, stage.CurrentPromotion!.Name);
        Assert.Equal([second.Name, third.Name], stage.Queue.Select(q => q.Name));
        Assert.Equal([PromotionPhase.Running, PromotionPhase.Pending], [first.Phase, second.Phase]);
        Assert.Equal([third.Name, second.Name, first.Name], (await world.PromotionsAsync("dev")).Select(p => p.Name));
        Assert.Equal(DirectiveKind.AwaitTurn, (await world.AdvanceAsync(second)).Kind);
    }

    [Fact]
    public async Task A_queue_has_an_end()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval()));
        for (var i = 0; i < 51; i++)
        {
            await world.PromoteAsync(await world.FreightAsync(), "dev");
        }

        Assert.Equal(RefusalKind.NotPossible, (await world.TryPromoteAsync(await world.FreightAsync(), "dev")).Refusal!.Kind);
    }

    [Fact]
    public async Task Promoting_older_freight_holds_and_promoting_the_newest_resumes()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing).Automatic());
        var (old, @new) = (await world.FreightAsync(), await world.FreightAsync());

        var chosen = await world.FinishAsync(await world.PromoteAsync(old, "dev"));
        var held = await world.StageAsync("dev");
        await world.EvaluateAsync();
        Assert.Equal(old.Id, (await world.StageAsync("dev")).Current["app"].Id);
        await world.FinishAsync(await world.PromoteAsync(@new, "dev", "bob"));

        Assert.Equal((old.Id, chosen.Name, "ada"), (held.Holds["app"].FreightId, held.Holds["app"].Promotion, held.Holds["app"].Actor));
        Assert.Empty((await world.StageAsync("dev")).Holds);
        Assert.Equal([AuditAction.HoldSet, AuditAction.HoldCleared], (await world.AuditAsync()).Where(a => a is AuditAction.HoldSet or AuditAction.HoldCleared));
    }

    [Fact]
    public async Task Promoting_the_newest_or_without_auto_promotion_sets_no_hold()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, Nothing).Automatic(), A.Stage("manual", A.Direct, Nothing));
        var (old, @new) = (await world.FreightAsync(), await world.FreightAsync());

        await world.PromoteAsync(@new, "dev");
        await world.PromoteAsync(old, "manual");

        Assert.Empty((await world.StageAsync("dev")).Holds);
        Assert.Empty((await world.StageAsync("manual")).Holds);
    }

    [Fact]
    public async Task A_retry_is_a_new_promotion_that_says_so()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("fail")));
        var freight = await world.FreightAsync();
        var failed = await world.FinishAsync(await world.PromoteAsync(freight, "dev"));

        var retry = await world.Creator.PromoteAsync(world.Pipeline, "dev", freight.Id, "bob", default, failed.Name);

        Assert.Equal((failed.Name, "bob", PromotionPhase.Running), (retry.Promotion!.RetryOf, retry.Promotion.Actor, retry.Promotion.Phase));
        Assert.NotEqual(failed.Name, retry.Promotion.Name);
    }

    [Fact]
    public async Task Freight_of_other_origins_is_carried_forward_until_the_stage_drops_them()
    {
        var both = A.Stage("dev", A.Direct, Nothing) with { RequestedFreight = [new("app", A.Direct), new("infra", A.Direct)] };
        await using var world = await World.WithAsync(both);
        var (app, infra) = (await world.FreightAsync(), await world.FreightAsync("infra"));
        await world.FinishAsync(await world.PromoteAsync(app, "dev"));
        await world.FinishAsync(await world.PromoteAsync(infra, "dev"));
        var held = (await world.StageAsync("dev")).Current.Keys.Order().ToList();

        world.Use(A.Stage("dev", A.Direct, Nothing));
        await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(["app", "infra"], held);
        Assert.Equal(["app"], (await world.StageAsync("dev")).Current.Keys);
        Assert.False((await world.LoadAsync(infra)).IsCurrentlyIn("dev"));
        Assert.False((await world.LoadAsync(app)).IsCurrentlyIn("dev"));
    }
}
