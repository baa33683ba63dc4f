using Waybill.Domain.Auditing;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.AutoPromotion;

public sealed class HoldKeeperTests
{
    [Fact]
    public async Task A_hold_ends_when_auto_promotion_is_disabled()
    {
        var dev = A.Stage("dev", A.Direct, A.Step("compose-output"));
        await using var world = await World.WithAsync(dev.Automatic());
        var old = await world.FreightAsync();
        await world.FreightAsync();
        await world.PromoteAsync(old, "dev");
        Assert.NotEmpty((await world.StageAsync("dev")).Holds);

        world.Use(dev);
        await world.Sweeper.SweepAsync(A.Project, default);

        Assert.Empty((await world.StageAsync("dev")).Holds);
        Assert.Contains(AuditAction.HoldCleared, await world.AuditAsync());
    }
}
