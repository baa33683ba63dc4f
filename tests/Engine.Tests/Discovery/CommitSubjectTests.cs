using Waybill.Engine.Discovery;

namespace Waybill.Engine.Tests.Discovery;

public sealed class CommitSubjectTests
{
    [Theory]
    [InlineData("Add bucket", "Add bucket")]
    [InlineData("Add bucket\n\nBecause.", "Add bucket")]
    [InlineData("Add bucket\r\nBecause.", "Add bucket")]
    [InlineData("\n\n  Add bucket  \nx", "Add bucket")]
    [InlineData("Add\tbucket\u001b[31m", "Addbucket[31m")]
    [InlineData("safe\u202Eelif.exe", "safeelif.exe")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    [InlineData("", "")]
    public void Is_the_first_line_without_control_characters(string message, string subject) =>
        Assert.Equal(subject, CommitSubject.Of(message));

    [Fact]
    public void Is_at_most_255_characters_and_cuts_no_character_in_half()
    {
        Assert.Equal(255, CommitSubject.Of(new string('x', 10_000_000)).Length);
        Assert.Equal(254, CommitSubject.Of(new string('x', 254) + "😀 and more").Length);
    }
}
