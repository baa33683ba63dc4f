using System.Diagnostics;
using Waybill.Domain.Pipelines;
using Waybill.Manifests.Patterns;

namespace Waybill.Manifests.Tests;

public sealed class GlobTests
{
    [Theory]
    [InlineData("dev-*", "dev-eu", true)]
    [InlineData("dev-?", "dev-e", true)]
    [InlineData("dev-?", "dev-eu", false)]
    [InlineData("{dev,qa}", "qa", true)]
    [InlineData("{dev,qa}", "prod", false)]
    [InlineData("{dev,{qa,test}-{eu,us}}", "test-us", true)]
    [InlineData("{dev,{qa,test}-{eu,us}}", "test", false)]
    [InlineData("dev{,-eu}", "dev", true)]
    [InlineData("{dev,}", "dev", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[!a-c]x", "bx", false)]
    [InlineData("[^a-c]x", "dx", true)]
    [InlineData("[abc]", "c", true)]
    [InlineData("*", "a.b-c", true)]
    [InlineData("Dev", "dev", false)]
    [InlineData("dev-[a-zA-Z]", "dev-E", true)]
    [InlineData("*a*b*c*d*e", "1a2b3c4d5e", true)]
    [InlineData("a**b", "a-b", true)]
    [InlineData(@"a\*", "a*", true)]
    [InlineData(@"a\*", "ab", false)]
    public void A_glob_selects_names_as_Kargo_does(string glob, string name, bool expected)
    {
        Assert.True(PatternMatcher.TryCreate(new Pattern(PatternKind.Glob, glob), out var matcher, out _));

        Assert.Equal(expected, matcher.Matches(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{a")]
    [InlineData("a[")]
    [InlineData("[]")]
    [InlineData("[c-a]")]
    [InlineData(@"a\")]
    public void A_glob_that_cannot_be_read_is_refused(string glob)
    {
        Assert.False(PatternMatcher.TryCreate(new Pattern(PatternKind.Glob, glob), out _, out var problem));

        Assert.StartsWith("not a valid glob: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void No_regular_expression_takes_for_ever()
    {
        Assert.True(PatternMatcher.TryCreate(new Pattern(PatternKind.Regex, "^(a+)+$"), out var matcher, out _));
        var watch = Stopwatch.StartNew();

        var matches = matcher.Matches(new string('a', 253) + "!");

        Assert.False(matches);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }
}
