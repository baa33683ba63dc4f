namespace Waybill.Expressions.Tests.Limits;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("1..1000000000", "MaxElements")]
    [InlineData("len(-9223372036854775807..9223372036854775807)", "MaxElements")]
    [InlineData("map(1..2000, 1..2000)", "MaxElements")]
    [InlineData("reduce(1..100, concat(#acc, #acc), [1])", "MaxElements")]
    [InlineData("map(1..100000, [#, #, #, #, #, #, #, #, #, #])", "MaxElements")]
    [InlineData("map(1..1000, split(repeat('a', 2000), ''))", "MaxElements")]
    [InlineData("repeat('a', 10009999990)", "MaxCharacters")]
    [InlineData("repeat('abcdefghij', 1000000)", "MaxCharacters")]
    [InlineData("reduce(1..100, #acc + #acc, 'a')", "MaxCharacters")]
    [InlineData("map(1..1000, repeat('a', 100000))", "MaxCharacters")]
    [InlineData("replace(repeat('a', 100000), 'a', repeat('b', 100000))", "MaxCharacters")]
    [InlineData("toJSON(map(1..1000, repeat('a', 1999)))", "MaxCharacters")]
    [InlineData("join(map(1..1000, 'a'), repeat('b', 100000))", "MaxCharacters")]
    [InlineData("all(1..1000000, all(1..1000000, true))", "MaxElements")]
    [InlineData("let big = 1..1000; all(big, all(big, all(big, true)))", "MaxSteps")]
    [InlineData("let s = repeat('a', 500000); all(1..100000, s + '' == s)", "MaxCharacters")]
    [InlineData("let s = repeat('a', 500000); let t = repeat('a', 500000); all(1..100000, s == t)", "MaxSteps")]
    [InlineData("let s = repeat('a', 500000); all(1..100000, len(s) > 0)", "MaxSteps")]
    [InlineData("let s = repeat('a', 400000); let p = repeat('a', 100000) + 'b' + repeat('a', 100000); s contains p", "MaxSteps")]
    [InlineData("let s = repeat('a', 500000); all(1..100000, s matches 'a+$')", "MaxSteps")]
    [InlineData("all(1..100000, not ('a' matches ('b' + string(#))))", "MaxSteps")]
    [InlineData("let xs = map(1..100000, string(#)); all(xs, # in xs)", "MaxSteps")]
    [InlineData("let xs = 1..100000; any(xs, let x = #; let y = -x; y in map(1..1, xs)[0])", "MaxSteps")]
    public void A_greedy_expression_is_ended_naming_the_limit(string expression, string limit)
    {
        var parsed = Expression.Parse(expression);

        var error = Assert.Throws<ExpressionLimitException>(() => parsed.Evaluate(ExpressionScope.Empty));

        Assert.Equal(limit, error.Limit);
        Assert.Contains(limit, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reduce(1..1000, [#acc])")]
    [InlineData("reduce(1..1000, [#acc]) == reduce(1..1000, [#acc])")]
    [InlineData("reduce(1..1000, {{a: #acc}}) == reduce(1..1000, {{a: #acc}})")]
    [InlineData("string(reduce(1..1000, [#acc]))")]
    [InlineData("toJSON(reduce(1..1000, {{a: #acc}}))")]
    [InlineData("flatten(reduce(1..1000, [#acc]))")]
    [InlineData("max(reduce(1..1000, [#acc]))")]
    public void A_value_can_nest_too_deep(string expression)
    {
        var error = Assert.Throws<ExpressionLimitException>(() => Expression.Parse(expression).Evaluate(ExpressionScope.Empty));

        Assert.Equal("MaxValueDepth", error.Limit);
    }

    // Sharing makes a small value that is endless as a tree: 2 to the power of 60 leaves.
    [Theory]
    [InlineData("let x = reduce(1..60, [#acc, #acc]); x", "MaxSteps")]
    [InlineData("let x = reduce(1..60, [#acc, #acc]); let y = reduce(1..60, [#acc, #acc]); x == y", "MaxSteps")]
    [InlineData("let x = reduce(1..60, [#acc, #acc]); toJSON(x)", "MaxCharacters")]
    [InlineData("let x = reduce(1..60, [#acc, #acc]); string(x)", "MaxCharacters")]
    [InlineData("let x = reduce(1..60, [#acc, #acc]); flatten(x)", "MaxElements")]
    [InlineData("let x = reduce(1..60, [#acc, #acc]); mean(x)", "MaxSteps")]
    [InlineData("let x = reduce(1..60, {{a: #acc, b: #acc}}); uniq([x, x, 1])", "MaxSteps")]
    public void A_value_with_shared_parts_counts_as_the_tree_it_is(string expression, string limit)
    {
        var error = Assert.Throws<ExpressionLimitException>(() => Expression.Parse(expression).Evaluate(ExpressionScope.Empty));

        Assert.Equal(limit, error.Limit);
    }

    [Fact]
    public void Limits_can_be_set()
    {
        var expression = Expression.Parse("map(1..100, #)");
        var tight = new EvaluationOptions { Limits = new EvaluationLimits { MaxSteps = 50 } };

        Assert.Equal("MaxSteps", Assert.Throws<ExpressionLimitException>(() => expression.Evaluate(ExpressionScope.Empty, tight)).Limit);
        Assert.Equal(100, ((IReadOnlyList<object?>)expression.Evaluate(ExpressionScope.Empty)!).Count);
    }

    [Fact]
    public void The_expressions_of_a_template_share_a_budget()
    {
        var scope = ExpressionScope.Empty;
        var one = "${{ len(repeat('a', 900000)) }}";

        Assert.Equal(900000L, Template.Parse(one).Evaluate(scope));
        Assert.Throws<ExpressionLimitException>(() => Template.Parse($"{one} {one} {one}").Evaluate(scope));
    }

    [Theory]
    [InlineData("2..1000 | filter(let N = #; none(2..N-1, N % # == 0)) | len()", "168")]
    [InlineData("1..50000 | map(string(#)) | groupBy(split(#, '0') | len() - 1) | toPairs() | map({{count: #[0], len: len(#[1])}}) | sortBy(.len, 'desc') | first()", "{count: 0, len: 33624}")]
    [InlineData("let phone = filter(split('123-456-78901', ''), # in map(0..9, string(#)))[:10]; join(concat(['('], phone[:3], [')'], phone[3:6], ['-'], phone[6:]))", "'(123)456-7890'")]
    public void Honest_work_fits_the_default_budget(string expression, string expected) =>
        Assert.Equal(expected, Shown.Of(Expression.Parse(expression).Evaluate(ExpressionScope.Empty)));
}
