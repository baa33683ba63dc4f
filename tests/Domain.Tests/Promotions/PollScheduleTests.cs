using Waybill.Domain.Promotions;

namespace Waybill.Domain.Tests.Promotions;

public sealed class PollScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(10, 1)]
    [InlineData(20, 2)]
    [InlineData(99, 9.9)]
    [InlineData(100, 10)]
    [InlineData(86400, 10)]
    [InlineData(-86400, 1)]
    public void A_pause_is_a_tenth_of_the_wait_so_far(double waited, double pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), PollSchedule.After(TimeSpan.FromSeconds(waited)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    [InlineData(5, 10)]
    [InlineData(int.MaxValue, 10)]
    [InlineData(int.MinValue + 1, 1)]
    public void Errors_double_the_pause_up_to_ten_seconds(int errors, double pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), PollSchedule.AfterErrors(errors));

    [Fact]
    public void Half_an_hour_of_waiting_is_some_two_hundred_looks()
    {
        var (waited, looks) = (TimeSpan.Zero, 0);
        while (waited < TimeSpan.FromMinutes(30))
        {
            waited += PollSchedule.After(waited);
            looks++;
        }

        Assert.InRange(looks, 180, 210);
    }
}
