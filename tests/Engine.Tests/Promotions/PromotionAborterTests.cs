using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Promotions;

public sealed class PromotionAborterTests
{
    [Fact]
    public async Task What_waits_is_interrupted_at_once()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval(), A.Step("compose-output")));
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);
        world.Driver.Forget();

        await world.AbortAsync(promotion);
        await world.AbortAsync(promotion, "eve");

        Assert.Equal([promotion.Name, promotion.Name], world.Driver.Driven);
        Assert.Equal(DirectiveKind.Done, (await world.AdvanceAsync(promotion)).Kind);
        var ended = await world.LoadAsync(promotion);
        Assert.Equal((PromotionPhase.Aborted, "Aborted by bob: changed my mind"), (ended.Phase, ended.Message));
        Assert.Equal([StepPhase.Aborted, StepPhase.Skipped], ended.StepStates.Select(s => s.Phase));
        Assert.Single(await world.AuditAsync(), AuditAction.AbortRequested);
        Assert.False((await world.StageAsync("dev")).IsBusy);
    }

    [Fact]
    public async Task What_is_queued_never_starts_and_the_audit_says_who_stopped_it()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval()));
        var running = await world.PromoteAsync(await world.FreightAsync(), "dev");
        var queued = await world.PromoteAsync(await world.FreightAsync(), "dev");

        await world.AbortAsync(queued);

        var stage = await world.StageAsync("dev");
        Assert.Equal((running.Name, 0), (stage.CurrentPromotion!.Name, stage.Queue.Count));
        var entry = Assert.Single(await world.EntriesAsync(), e => e.Action is AuditAction.PromotionAborted);
        Assert.Equal(("bob", "changed my mind", queued.Name), (entry.Actor, entry.Reason, entry.Promotion));
    }

    [Fact]
    public async Task An_aborted_promotion_takes_its_hold_with_it()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval()).Automatic());
        var old = await world.FreightAsync();
        await world.FreightAsync();
        var promotion = await world.PromoteAsync(old, "dev");

        await world.AbortAsync(promotion);
        await world.AdvanceAsync(promotion);

        Assert.Empty((await world.StageAsync("dev")).Holds);
        Assert.True(world.Driver.Evaluations > 0);
    }

    [Fact]
    public async Task What_is_over_or_not_there_is_refused()
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Step("compose-output")));
        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.Equal(RefusalKind.AlreadyOver, await RefusalAsync(promotion.Name));
        Assert.Equal(RefusalKind.NotFound, await RefusalAsync("dev.01k0abcdefghjkmnpqrstvwxyz.f"));
        Assert.Equal(RefusalKind.NotFound, await RefusalAsync("../../etc/passwd"));

        async Task<RefusalKind> RefusalAsync(string name) =>
            (await world.Aborter.AbortAsync(new PromotionKey(A.Project, name), "bob", "", default)).Refusal!.Kind;
    }
}
