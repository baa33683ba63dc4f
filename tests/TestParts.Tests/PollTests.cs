namespace Waybill.TestParts.Tests;

public sealed class PollTests
{
    [Fact]
    public async Task Past_the_deadline_it_says_what_it_waited_for_and_what_it_saw_last()
    {
        var timeout = await Assert.ThrowsAsync<TimeoutException>(() => Poll.UntilAsync(
            "the ship to come in", TimeSpan.FromMilliseconds(1), _ => throw new HttpRequestException("harbour closed")));

        Assert.Contains("the ship to come in", timeout.Message, StringComparison.Ordinal);
        Assert.Contains("harbour closed", timeout.Message, StringComparison.Ordinal);
    }
}
