using System.Diagnostics;
using Waybill.Domain.Pipelines;

namespace Waybill.Domain.Tests.Pipelines;

public sealed class GlobPatternTests
{
    [Theory]
    [InlineData("*.go", "main.go", true)]
    [InlineData("*.go", "infra/main.go", false)]
    [InlineData("**/*.go", "main.go", true)]
    [InlineData("**/*.go", "a/b/main.go", true)]
    [InlineData("infra/**/b.ts", "infra/b.ts", true)]
    [InlineData("a**", "a/b", false)]
    [InlineData("a**b", "axyb", true)]
    [InlineData("{infra,apps/**}/*.{ts,{go,py}}", "apps/x/y/z.py", true)]
    [InlineData("{infra,apps/**}/*.{ts,{go,py}}", "infra/z.rs", false)]
    [InlineData("a{,b}.txt", "a.txt", true)]
    [InlineData("a,b}", "a,b}", true)]
    [InlineData("[a-zA-Z0]", "Q", true)]
    [InlineData("[!a-c]", "b", false)]
    [InlineData("[^a]", "/", false)]
    [InlineData(@"[a\-]", "-", true)]
    [InlineData(@"\{a,b\}", "{a,b}", true)]
    [InlineData(@"a\*b", "axb", false)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a.b+(c)", "a.b+(c)", true)]
    [InlineData("a", "a\n", false)]
    public void A_glob_selects_as_doublestar_does(string glob, string text, bool selected) =>
        Assert.Equal(selected, GlobPattern.Parse(glob).IsMatch(text));

    [Theory]
    [InlineData("", "1 to 256")]
    [InlineData("{a,{b}", "'{'")]
    [InlineData("[abc", "'['")]
    [InlineData("[]", "'['")]
    [InlineData("[z-a]", "backwards")]
    [InlineData(@"a\", @"'\'")]
    public void A_glob_that_cannot_be_read_says_why(string glob, string why)
    {
        var error = Assert.Throws<FormatException>(() => GlobPattern.Parse(glob));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_glob_is_longer_than_the_limit() =>
        Assert.Throws<FormatException>(() => GlobPattern.Parse(new string('a', GlobPattern.MaxLength + 1)));

    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*b")]
    [InlineData("**/a/**/a/**/a/**/a/**/b")]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}c")]
    public void No_glob_takes_for_ever(string glob)
    {
        var watch = Stopwatch.StartNew();

        var matches = GlobPattern.Parse(glob).IsMatch(string.Concat(Enumerable.Repeat("a/a", 20_000)) + "!");

        Assert.False(matches);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }
}
