namespace Waybill.Domain.Tests;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0s", 0)]
    [InlineData("500ms", 0.5)]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData(".5s", 0.5)]
    [InlineData("5.s", 5)]
    [InlineData("+2s", 2)]
    [InlineData("-1m30s", -90)]
    [InlineData("1s1s", 2)]
    [InlineData("250us", 0.00025)]
    [InlineData("250µs", 0.00025)]
    [InlineData("250μs", 0.00025)]
    [InlineData("100ns", 0.0000001)]
    [InlineData("168h", 604800)]
    public void Reads_what_Go_reads(string text, double seconds)
    {
        var isRead = GoDuration.TryParse(text, out var duration);

        Assert.True(isRead);
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("-")]
    [InlineData("--1s")]
    [InlineData("1d")]
    [InlineData("1,5s")]
    [InlineData("1.2.3s")]
    [InlineData("1e3s")]
    [InlineData("1h 30m")]
    [InlineData("PT5M")]
    [InlineData("00:05:00")]
    [InlineData("99999999999999999999h")]
    public void Refuses_what_Go_refuses(string? text)
    {
        var isRead = GoDuration.TryParse(text, out _);

        Assert.False(isRead);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.25, "250ms")]
    [InlineData(90, "1m30s")]
    [InlineData(3600, "1h")]
    [InlineData(90000, "25h")]
    [InlineData(-90, "-1m30s")]
    public void Writes_what_Go_would_read_again(double seconds, string text)
    {
        var written = GoDuration.Format(TimeSpan.FromSeconds(seconds));

        Assert.Equal(text, written);
        Assert.True(GoDuration.TryParse(written, out var read));
        Assert.Equal(TimeSpan.FromSeconds(seconds), read);
    }
}
