using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using static Waybill.Domain.Auditing.AuditAction;

namespace Waybill.Engine.Tests.Analysis;

/// <summary>What people do about verification: ask for it again, and stop it.</summary>
public sealed class ReverificationTests
{
    [Fact]
    public async Task A_failed_re_verification_takes_the_word_back()
    {
        await using var world = await VerifiedWorldAsync();
        var freight = (await world.StageAsync("dev")).Current["app"];
        world.Internet.Answers(Metric.Url, VerificationTests.Bad);

        var again = await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "looks odd", default);
        Assert.True((await world.StageAsync("dev")).IsBusy);
        var promotion = await world.FinishAsync(again.Promotion!);

        Assert.Equal((VerificationPhase.Failed, "bob", 2), (promotion.Verification!.Phase, promotion.Verification.Runs[0].Actor, promotion.Verification.Runs.Count));
        Assert.Equal(VerificationPhase.Successful, promotion.Verification.Runs[1].Phase);
        Assert.False((await world.Store.GetFreightAsync(A.Project, freight.Id, default))!.Value.IsVerifiedIn("dev"));
        Assert.Equal([VerificationRequested, VerificationFailed, VerificationRevoked], (await world.AuditAsync()).TakeLast(3));
        Assert.Equal(("bob", "looks odd"), (await world.EntriesAsync()).Where(e => e.Action is VerificationRequested).Select(e => (e.Actor, e.Reason)).Single());
        Assert.False((await world.StageAsync("dev")).IsBusy);
    }

    [Fact]
    public async Task A_good_re_verification_gives_it_again_by_the_stages_present_manifest()
    {
        await using var world = await VerifiedWorldAsync();
        world.Internet.Answers(Metric.Url, VerificationTests.Bad);
        var first = await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "", default);
        await world.FinishAsync(first.Promotion!);
        world.Use(world.Pipeline.FindStage("dev")!.Verified(Metric.Web("!result.ok")));

        var second = await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "", default);
        var promotion = await world.FinishAsync(second.Promotion!);

        Assert.Equal(VerificationPhase.Successful, promotion.Verification!.Phase);
        Assert.True((await world.Store.GetFreightAsync(A.Project, promotion.Freight.Id, default))!.Value.IsVerifiedIn("dev"));
    }

    [Fact]
    public async Task Earlier_runs_are_kept_up_to_a_limit()
    {
        await using var world = await VerifiedWorldAsync();
        Promotion? promotion = null;
        for (var i = 0; i < Verification.RunLimit + 2; i++)
        {
            promotion = await world.FinishAsync((await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "", default)).Promotion!);
        }

        Assert.Equal(Verification.RunLimit, promotion!.Verification!.Runs.Count);
        Assert.Equal(promotion.Verification.Runs.OrderByDescending(r => r.StartedAt), promotion.Verification.Runs);
    }

    [Fact]
    public async Task What_can_t_be_verified_is_refused_with_the_reason()
    {
        await using var world = await VerificationTests.WorldAsync(VerificationTests.Delayed());
        world.Internet.Answers(Metric.Url, VerificationTests.Bad);

        var nothing = await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "", default);
        var unknown = await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dve", "bob", "", default);
        var idle = await world.VerificationDesk.AbortAsync(world.Pipeline, "dev", "bob", "", default);
        await world.AdvanceAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
        var busy = await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "", default);

        Assert.Equal(
            [RefusalKind.NotPossible, RefusalKind.NotFound, RefusalKind.NotPossible, RefusalKind.AlreadyPromoting],
            new[] { nothing, unknown, idle, busy }.Select(r => r.Refusal!.Kind));
    }

    [Fact]
    public async Task Aborting_ends_it_at_once_and_takes_no_word_back()
    {
        await using var world = await VerifiedWorldAsync();
        world.Use(world.Pipeline.FindStage("dev")!.Verified(VerificationTests.Delayed()));
        world.Internet.Answers(Metric.Url, VerificationTests.Bad);
        var again = (await world.VerificationDesk.ReverifyAsync(world.Pipeline, "dev", "bob", "", default)).Promotion!;
        var wait = await world.AdvanceAsync(again);

        var asked = await world.VerificationDesk.AbortAsync(world.Pipeline, "dev", "carol", "not now", default);
        var done = await world.AdvanceAsync(again);

        Assert.Equal((DirectiveKind.WaitUntil, DirectiveKind.Done), (wait.Kind, done.Kind));
        Assert.True(asked.IsAccepted);
        var ended = await world.LoadAsync(again);
        Assert.Equal((VerificationPhase.Aborted, "Aborted by carol: not now"), (ended.Verification!.Phase, ended.Verification.Runs[0].Message));
        Assert.True((await world.Store.GetFreightAsync(A.Project, again.Freight.Id, default))!.Value.IsVerifiedIn("dev"));
        Assert.Equal([AbortRequested, VerificationAborted], (await world.AuditAsync()).TakeLast(2));
        Assert.False((await world.StageAsync("dev")).IsBusy);
    }

    [Fact]
    public async Task Aborting_lets_the_next_promotion_go_on()
    {
        await using var world = await VerificationTests.WorldAsync(VerificationTests.Delayed());
        world.Internet.Answers(Metric.Url, VerificationTests.Bad);
        var first = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await VerificationTests.PassAsync(world, first, await world.AdvanceAsync(first));
        var next = await world.PromoteAsync(await world.FreightAsync(), "dev");

        await world.VerificationDesk.AbortAsync(world.Pipeline, "dev", "carol", "", default);
        await world.FinishAsync(first);

        Assert.Equal(PromotionPhase.Running, (await world.LoadAsync(next)).Phase);
        Assert.Equal(AuditAction.VerificationAborted, (await world.EntriesAsync()).Last(e => e.Promotion == first.Name).Action);
    }

    [Fact]
    public async Task What_a_driver_gives_up_on_ends_with_its_run()
    {
        await using var world = await VerificationTests.WorldAsync(VerificationTests.Delayed());
        world.Internet.Answers(Metric.Url, VerificationTests.Bad);
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await VerificationTests.PassAsync(world, promotion, await world.AdvanceAsync(promotion));

        await world.Runner.GiveUpAsync(new Ports.PromotionKey(A.Project, promotion.Name), "The activity failed.", default);

        var ended = await world.LoadAsync(promotion);
        Assert.Equal((VerificationPhase.Error, VerificationPhase.Error), (ended.Verification!.Phase, ended.Verification.Runs[0].Phase));
    }

    private static async Task<World> VerifiedWorldAsync()
    {
        var world = await VerificationTests.WorldAsync(Metric.Web());
        world.Internet.Answers(Metric.Url, VerificationTests.Good);
        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));
        Assert.Equal(VerificationPhase.Successful, promotion.Verification!.Phase);
        return world;
    }
}
