using Microsoft.Azure.Functions.Worker;
using Waybill.Engine.Ports;
using Waybill.Functions.Driving;
using Waybill.Functions.Timers;

namespace Waybill.Functions.Tests.Head;

public sealed class SmallRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(300, 60, 0, true)]
    [InlineData(300, 60, 60, false)]
    [InlineData(300, 60, 240, false)]
    [InlineData(300, 60, 300, true)]
    [InlineData(300, 7200, 120, true)]
    [InlineData(5, 15, 15, false)]
    [InlineData(5, 60, 15, true)]
    public void A_warehouse_is_polled_in_the_first_tick_of_each_slot(int interval, int sinceLastTick, int afterNoon, bool isDue)
    {
        var now = Noon.AddSeconds(afterNoon);

        Assert.Equal(isDue, PollSlots.IsDue(TimeSpan.FromSeconds(interval), now.AddSeconds(-sinceLastTick), now));
    }

    [Fact]
    public void The_first_tick_ever_polls_everything()
    {
        Assert.Null(PollSlots.LastTick(new TimerInfo()));
        Assert.Null(PollSlots.LastTick(new TimerInfo { ScheduleStatus = new ScheduleStatus() }));
        Assert.True(PollSlots.IsDue(TimeSpan.FromDays(1), null, Noon));
    }

    [Fact]
    public void Instance_ids_are_the_promotions_names_and_fit()
    {
        var plain = InstanceIds.Of(new PromotionKey("shop", "dev.01k0000000000000000000000a.abcdef0"));
        var first = InstanceIds.Of(new PromotionKey(new string('p', 63), $"{new string('s', 63)}.01k0000000000000000000000a.abcdef0"));
        var second = InstanceIds.Of(new PromotionKey(new string('p', 63), $"{new string('s', 63)}.01k0000000000000000000000b.abcdef0"));

        Assert.Equal("promotion:shop:dev.01k0000000000000000000000a.abcdef0", plain);
        Assert.Equal(100, first.Length);
        Assert.NotEqual(first, second);
    }
}
