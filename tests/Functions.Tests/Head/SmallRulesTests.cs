using Microsoft.Azure.Functions.Worker;
using Waybill.Engine.Ports;
using Waybill.Functions.Driving;
using Waybill.Functions.Timers;

namespace Waybill.Functions.Tests.Head;

public sealed class SmallRulesTests
{
    [Fact]
    public void The_first_tick_ever_has_none_before_it()
    {
        var last = new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

        Assert.Null(PollTimer.LastTick(new TimerInfo()));
        Assert.Null(PollTimer.LastTick(new TimerInfo { ScheduleStatus = new ScheduleStatus() }));
        Assert.Equal(last, PollTimer.LastTick(new TimerInfo { ScheduleStatus = new ScheduleStatus { Last = last } })!.Value.UtcDateTime);
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
