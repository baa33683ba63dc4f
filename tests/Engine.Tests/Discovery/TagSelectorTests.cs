using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Discovery;

public sealed class TagSelectorTests
{
    [Theory]
    [InlineData(null, "v1.2.3 v1.10.0 v1.9.9", "v1.10.0 v1.9.9 v1.2.3")]
    [InlineData(null, "1.0.0 v1.0.1 1.0 latest v2", "v1.0.1 1.0.0")]
    [InlineData("^1.2", "v1.1.9 v1.2.0 v1.9.0 v2.0.0", "v1.9.0 v1.2.0")]
    [InlineData("~1.2.3", "v1.2.2 v1.2.9 v1.3.0", "v1.2.9")]
    [InlineData(">=1.0.0 <2.0.0", "0.9.0 1.0.0 1.5.0 2.0.0", "1.5.0 1.0.0")]
    [InlineData(">=1.0, <2", "0.9.0 1.0.0 1.5.0 2.0.0", "1.5.0 1.0.0")]
    [InlineData("=> 1.5", "1.0.0 1.5.0", "1.5.0")]
    [InlineData("~>1.2", "1.2.5 1.3.0", "1.2.5")]
    [InlineData("1.x || 3.x", "1.1.0 2.0.0 3.1.0", "3.1.0 1.1.0")]
    [InlineData("1.2 - 2.3", "1.1.0 1.2.0 2.3.9 2.4.0", "2.3.9 1.2.0")]
    [InlineData("^1.0, !=1.5.0", "1.4.0 1.5.0", "1.4.0")]
    [InlineData("!=1.5.0", "1.4.0 1.5.0 2.0.0", "2.0.0 1.4.0")]
    [InlineData("^1.0.0", "1.0.0 1.1.0-rc.1", "1.0.0")]
    [InlineData("^1.0.0-0", "1.0.0 1.1.0-rc.1 1.1.0-rc.2", "1.1.0-rc.2 1.1.0-rc.1 1.0.0")]
    [InlineData("*", "1.0.0 2.0.0-beta", "1.0.0")]
    [InlineData(null, "1.0.0 2.0.0-beta", "2.0.0-beta 1.0.0")]
    [InlineData("^v1.2", "v1.2.5 v2.0.0", "v1.2.5")]
    public void SemVer_takes_the_highest_version_in_range(string? constraint, string tags, string expected) =>
        Assert.Equal(expected, Select(new() { RepoUrl = "", Strategy = CommitSelectionStrategy.SemVer, SemverConstraint = constraint }, tags));

    [Theory]
    [InlineData(true, "1.2.3")]
    [InlineData(false, "v3 2.1 1.2.3")]
    public void Only_strict_semvers_need_all_three_numbers(bool strict, string expected) =>
        Assert.Equal(expected, Select(new() { RepoUrl = "", Strategy = CommitSelectionStrategy.SemVer, StrictSemvers = strict }, "1.2.3 2.1 v3 nightly"));

    [Theory]
    [InlineData("", "", "b10 b9 a1")]
    [InlineData("^b", "", "b10 b9")]
    [InlineData("^b ^a", "", "b10 b9 a1")]
    [InlineData("", "9$", "b10 a1")]
    [InlineData("^b", "9$", "b10")]
    [InlineData("^b", "^b", "")]
    public void Expressions_allow_and_ignore(string allow, string ignore, string expected) =>
        Assert.Equal(
            string.Join(' ', expected.Split(' ').Order(StringComparer.Ordinal).Reverse()),
            Select(new() { RepoUrl = "", Strategy = CommitSelectionStrategy.Lexical, AllowTagsRegexes = Split(allow), IgnoreTagsRegexes = Split(ignore) }, "a1 b9 b10"));

    [Fact]
    public void NewestTag_orders_by_creation_and_puts_the_unknown_last()
    {
        var day = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TagInfo[] tags = [new("z", "1"), new("old", "2", day), new("new", "3", day.AddDays(2)), new("mid", "4", day.AddDays(1))];

        var selected = Create(new() { RepoUrl = "", Strategy = CommitSelectionStrategy.NewestTag }).Select(tags);

        Assert.Equal(["new", "mid", "old", "z"], selected.Select(t => t.Name));
    }

    [Theory]
    [InlineData("not a range", null, "semverConstraint: 'not a range'")]
    [InlineData(null, "(", "allowTagsRegexes: '('")]
    public void What_cannot_be_read_is_named(string? constraint, string? allow, string start)
    {
        var subscription = new GitSubscription { RepoUrl = "", Strategy = CommitSelectionStrategy.SemVer, SemverConstraint = constraint, AllowTagsRegexes = allow is null ? [] : [allow] };

        Assert.False(TagSelector.TryCreate(subscription, out _, out var problem));
        Assert.StartsWith(start, problem, StringComparison.Ordinal);
    }

    private static string Select(GitSubscription subscription, string tags) =>
        string.Join(' ', Create(subscription).Select(Split(tags).Select(t => new TagInfo(t, "sha"))).Select(t => t.Name));

    private static TagSelector Create(GitSubscription subscription) =>
        TagSelector.TryCreate(subscription, out var selector, out var problem) ? selector : throw new InvalidOperationException(problem);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
