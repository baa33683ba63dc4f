namespace Waybill.Expressions.Tests;

public sealed class ExpressionCacheTests
{
    [Fact]
    public void The_same_text_is_parsed_once()
    {
        var cache = new ExpressionCache();

        Assert.Same(cache.Expression("1 + 1"), cache.Expression("1 + 1"));
        Assert.Same(cache.Template("${{ 1 + 1 }}"), cache.Template("${{ 1 + 1 }}"));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void It_never_holds_more_than_twice_its_capacity()
    {
        var cache = new ExpressionCache(10);

        for (var index = 0; index < 1_000; index++)
        {
            cache.Expression($"{index}");
            Assert.InRange(cache.Count, 1, 20);
        }
    }

    [Fact]
    public void What_is_asked_for_again_stays()
    {
        var cache = new ExpressionCache(10);
        var kept = cache.Expression("'kept'");

        for (var index = 0; index < 1_000; index++)
        {
            cache.Expression($"{index}");
            Assert.Same(kept, cache.Expression("'kept'"));
        }
    }

    [Fact]
    public void Errors_and_huge_texts_are_not_kept()
    {
        var cache = new ExpressionCache();

        Assert.Throws<ExpressionSyntaxException>(() => cache.Expression("1 +"));
        Assert.Throws<ExpressionSyntaxException>(() => cache.Template("${{ 1 + }}"));
        cache.Template(new string('x', 100_000));

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_cache_needs_room() => Assert.Throws<ArgumentOutOfRangeException>(() => new ExpressionCache(0));

    [Fact]
    public void Many_threads_share_a_cache_and_its_expressions()
    {
        var cache = new ExpressionCache(50);
        var scope = new ExpressionScope.Builder().Variable("numbers", Enumerable.Range(1, 100).ToArray()).Build();

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            var term = index % 120;
            var text = $"let t = {term}; reduce(numbers, #acc + # * t, 0) + len(filter(numbers, # > t))";

            var value = cache.Expression(text).Evaluate(scope);

            Assert.Equal(5050L * term + Math.Max(0, 100 - term), value);
        });
        Assert.InRange(cache.Count, 1, 100);
    }
}
