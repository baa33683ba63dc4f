using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Waybill.Domain.Promotions;
using Waybill.Engine.Housekeeping;
using Waybill.Engine.Ports;
using Waybill.Engine.Sweeping;
using Waybill.Functions.Driving;
using Waybill.Functions.Tests.World;
using Waybill.Functions.Timers;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Head;

public sealed class TimerTests
{
    private static readonly TimerInfo Tick = new();

    [Fact]
    public async Task The_sweep_gets_a_promotion_going_that_nobody_was_told_of()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        var freight = await world.World.AddFreightAsync();
        var name = await world.World.PromoteAsync(new NoDelivery(), freight, "dev");

        await SweepAsync(world);

        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
    }

    [Fact]
    public async Task Sweeps_that_overlap_or_come_late_change_nothing()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose(), Approval()).Automatic());
        await world.World.AddFreightAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SweepTimer(world).Sweep(Tick, world.Client, CancellationToken.None)));
        await world.Hub.RunAsync();
        await SweepAsync(world);

        Assert.Single(await world.World.AuditAsync(), Domain.Auditing.AuditAction.PromotionStarted);
    }

    [Fact]
    public async Task Housekeeping_purges_orchestrations_that_are_over_and_old()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()), Stage("test", Approval()));
        var (_, over) = await world.BeginAsync("dev");
        var (_, waiting) = await world.BeginAsync("test");
        world.Time.Advance(TimeSpan.FromDays(8));

        await Housekeeping(world).KeepHouse(Tick, world.Client, CancellationToken.None);

        Assert.Null(world.Hub.Find(InstanceIds.Of(PromotionWorld.Key(over))));
        Assert.Equal(OrchestrationRuntimeStatus.Running, world.InstanceOf(waiting).Status);
        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(over)).Phase);
    }

    private static async Task SweepAsync(HubWorld world)
    {
        await SweepTimer(world).Sweep(Tick, world.Client, CancellationToken.None);
        await world.Hub.RunAsync();
    }

    private static SweepTimer SweepTimer(HubWorld world) => new(world.World.Get<ProjectSweeper>(), Rounds(world), world.World.Get<DurableClients>());

    private static HousekeepingTimer Housekeeping(HubWorld world) =>
        new(world.World.Get<ProjectHousekeeper>(), world.World.Get<RetentionOptions>(), Rounds(world), world.Time);

    private static ProjectRounds Rounds(HubWorld world) => new(world.World.Get<IPipelineSource>(), NullLogger<ProjectRounds>.Instance);
}
