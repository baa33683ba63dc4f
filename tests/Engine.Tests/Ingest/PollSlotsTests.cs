using Waybill.Engine.Ingest;
using Waybill.Engine.Tests.Builders;

namespace Waybill.Engine.Tests.Ingest;

public sealed class PollSlotsTests
{
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
        var now = A.Noon.AddSeconds(afterNoon);

        Assert.Equal(isDue, PollSlots.IsDue(TimeSpan.FromSeconds(interval), now.AddSeconds(-sinceLastTick), now));
    }

    [Fact]
    public void The_first_tick_ever_polls_everything() => Assert.True(PollSlots.IsDue(TimeSpan.FromDays(1), null, A.Noon));
}
