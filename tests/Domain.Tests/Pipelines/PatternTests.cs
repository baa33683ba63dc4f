using Waybill.Domain.Pipelines;

namespace Waybill.Domain.Tests.Pipelines;

public sealed class PatternTests
{
    [Theory]
    [InlineData("prod", PatternKind.Literal, "prod", "prod")]
    [InlineData("glob:prod-*", PatternKind.Glob, "prod-*", "glob:prod-*")]
    [InlineData("regex:^prod$", PatternKind.Regex, "^prod$", "regex:^prod$")]
    [InlineData("regexp:^prod$", PatternKind.Regex, "^prod$", "regex:^prod$")]
    [InlineData("Glob:x", PatternKind.Literal, "Glob:x", "Glob:x")]
    [InlineData("glob:", PatternKind.Glob, "", "glob:")]
    public void The_prefix_says_how_a_pattern_compares(string text, PatternKind kind, string pattern, string shown)
    {
        var parsed = Pattern.Parse(text);

        Assert.Equal(new Pattern(kind, pattern), parsed);
        Assert.Equal(shown, parsed.ToString());
    }
}
