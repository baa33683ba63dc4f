using Waybill.Domain.Pipelines;
using Waybill.Engine.Discovery;

namespace Waybill.Engine.Tests.Discovery;

public sealed class PathFilterTests
{
    [Theory]
    [InlineData("infra", "infra/main.go", true)]
    [InlineData("infra/", "infra/main.go", true)]
    [InlineData("infra", "infra", true)]
    [InlineData("infra", "infrastructure/main.go", false)]
    [InlineData("infra", "apps/infra/main.go", false)]
    [InlineData("infra/main.go", "infra/main.go", true)]
    [InlineData("infra", "Infra/main.go", false)]
    [InlineData(".", "anything", true)]
    [InlineData("glob:*.go", "main.go", true)]
    [InlineData("glob:*.go", "infra/main.go", false)]
    [InlineData("glob:**/*.go", "main.go", true)]
    [InlineData("glob:**/*.go", "a/b/main.go", true)]
    [InlineData("glob:infra/**", "infra/a/b.ts", true)]
    [InlineData("glob:infra/**", "infra2/b.ts", false)]
    [InlineData("glob:infra/*", "infra/a/b.ts", false)]
    [InlineData("glob:infra/**/b.ts", "infra/b.ts", true)]
    [InlineData("glob:**", "a/.hidden", true)]
    [InlineData("glob:Pulumi.{dev,prod}.yaml", "Pulumi.prod.yaml", true)]
    [InlineData("glob:Pulumi.{dev,prod}.yaml", "Pulumi.test.yaml", false)]
    [InlineData("glob:{infra,apps/**}/*.{ts,{go,py}}", "apps/x/y/z.py", true)]
    [InlineData("glob:{infra,apps/**}/*.{ts,{go,py}}", "infra/z.go", true)]
    [InlineData("glob:{infra,apps/**}/*.{ts,{go,py}}", "infra/z.rs", false)]
    [InlineData("glob:a{,b}.txt", "a.txt", true)]
    [InlineData("glob:[a-c].txt", "b.txt", true)]
    [InlineData("glob:[!a].txt", "b.txt", true)]
    [InlineData("glob:[^a].txt", "a.txt", false)]
    [InlineData("glob:a**", "a/b", false)]
    [InlineData("glob:[a\\-]x", "-x", true)]
    [InlineData("glob:a.b+(c)", "a.b+(c)", true)]
    [InlineData("glob:a.b", "axb", false)]
    [InlineData("glob:a,b}", "a,b}", true)]
    [InlineData("glob:a?c", "abc", true)]
    [InlineData("glob:a?c", "a/c", false)]
    [InlineData(@"glob:a\*b", "a*b", true)]
    [InlineData(@"glob:a\*b", "axb", false)]
    [InlineData(@"glob:\{a,b\}", "{a,b}", true)]
    [InlineData("regex:^infra/.*\\.ts$", "infra/a.ts", true)]
    [InlineData("regex:\\.md$", "docs/a.md", true)]
    [InlineData("regexp:^docs/", "src/docs/", false)]
    [InlineData("regex:(?P<x>a)", "a", true)]
    public void One_pattern_selects_as_Kargo_says(string pattern, string path, bool selected) =>
        Assert.Equal(selected, Filter([pattern], []).Passes([path]));

    [Theory]
    [InlineData("", "", "a.go", true)]
    [InlineData("", "docs", "docs/a.md", false)]
    [InlineData("", "docs", "docs/a.md main.go", true)]
    [InlineData("infra", "glob:**/*.md", "infra/README.md", false)]
    [InlineData("infra", "glob:**/*.md", "infra/README.md infra/main.go", true)]
    [InlineData("infra", "glob:**/*.md", "infra/README.md main.go", false)]
    [InlineData("infra apps", "", "apps/x", true)]
    [InlineData("infra", "", "", false)]
    [InlineData("infra", "infra", "infra/x", false)]
    public void A_change_counts_when_one_path_is_included_and_not_excluded(string include, string exclude, string paths, bool passes) =>
        Assert.Equal(passes, Filter(Split(include), Split(exclude)).Passes(Split(paths)));

    [Theory]
    [InlineData("regex:(")]
    [InlineData("regex:(?=lookahead)")]
    [InlineData(@"regex:(a)\1")]
    [InlineData("glob:{a,b")]
    [InlineData("glob:[abc")]
    [InlineData("glob:[]")]
    [InlineData("glob:[z-a]")]
    [InlineData("glob:a\\")]
    public void A_pattern_that_cannot_be_used_is_named(string pattern)
    {
        var created = PathFilter.TryCreate([], [Pattern.Parse(pattern)], out _, out var problem);

        Assert.False(created);
        Assert.StartsWith($"excludePaths: '{pattern}' can't be used: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_pattern_takes_linear_time()
    {
        string[] patterns = ["regex:^(a+)+$", "glob:*a*a*a*a*a*a*a*a*b", "glob:**/a/**/a/**/a/**/a/**/b", "glob:{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}c"];

        Assert.False(Filter(patterns, []).Passes([new string('a', 50_000) + "!", string.Concat(Enumerable.Repeat("a/", 20_000))]));
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static PathFilter Filter(IEnumerable<string> include, IEnumerable<string> exclude) =>
        PathFilter.TryCreate(include.Select(Pattern.Parse), exclude.Select(Pattern.Parse), out var filter, out var problem)
            ? filter
            : throw new InvalidOperationException(problem);
}
