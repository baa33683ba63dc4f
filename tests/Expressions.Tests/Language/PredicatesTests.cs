namespace Waybill.Expressions.Tests.Language;

public sealed class PredicatesTests
{
    [Theory]
    [InlineData("filter(0..9, {# % 2 == 0})", "[0, 2, 4, 6, 8]")]
    [InlineData("filter(users, .Age > 26) | map(.Name)", "['Ann', 'Cid']")]
    [InlineData("map(1..3, # * #)", "[1, 4, 9]")]
    [InlineData("map(1..3, {# * #})", "[1, 4, 9]")]
    [InlineData("map(1..3, let x = #; let y = x * x; y * y)", "[1, 16, 81]")]
    [InlineData("map(1..2, let x = #; map(2..3, let y = #; x + y))", "[[3, 4], [4, 5]]")]
    [InlineData("map(['a', 'b'], # + string(#index))", "['a0', 'b1']")]
    [InlineData("map(users, {{name: .Name, old: .Age >= 30}})", "[{name: 'Ann', old: true}, {name: 'Bob', old: false}, {name: 'Cid', old: true}]")]
    [InlineData("map(filter(numbers, # >= 3), # + 1)", "[4, 5, 6]")]
    [InlineData("1..9 | map(# + 1) | filter(# % 2 == 0)", "[2, 4, 6, 8, 10]")]
    [InlineData("all(1..3, # > 0)", "true")]
    [InlineData("all([], # > 0)", "true")]
    [InlineData("any(1..3, # > 3)", "false")]
    [InlineData("any([], # > 3)", "false")]
    [InlineData("one(1..3, # > 2)", "true")]
    [InlineData("one(1..3, # > 1)", "false")]
    [InlineData("none(1..3, # > 3)", "true")]
    [InlineData("count(1..30, # % 3 == 0)", "10")]
    [InlineData("count([true, true, false])", "2")]
    [InlineData("find(1..4, # > 2)", "3")]
    [InlineData("find(1..4, # > 9)", "nil")]
    [InlineData("find(users, .Age < 30).Name", "'Bob'")]
    [InlineData("findIndex(1..4, # > 2)", "2")]
    [InlineData("findIndex(1..4, # > 9)", "nil")]
    [InlineData("findLast(1..4, # > 2)", "4")]
    [InlineData("findLastIndex(1..9, # % 2 == 0)", "7")]
    [InlineData("users | any(.Name == 'Bob',)", "true")]
    [InlineData("::all(numbers, # > 0) && ::len(numbers) == 5", "true")]
    public void Elements_are_asked_and_kept(string expression, string expected) =>
        Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("sum(1..9)", "45")]
    [InlineData("sum([.5, 1.5, 2.5])", "4.5")]
    [InlineData("sum([])", "0")]
    [InlineData("sum([1, 2, 3.0, 4])", "10.0")]
    [InlineData("sum(users, .Age)", "85")]
    [InlineData("reduce(1..9, #acc + #)", "45")]
    [InlineData("reduce(1..9, #acc + #, 100)", "145")]
    [InlineData("reduce([], 5, 0)", "0")]
    [InlineData("reduce(10..1, # + #acc, 100)", "100")]
    [InlineData("reduce(['a', 'b'], #acc + # + string(#index), '')", "'a0b1'")]
    [InlineData("reduce(1..3, #acc + sum(map(1..#, # * 10)), 0)", "100")]
    [InlineData("groupBy(1..9, # % 2)[0]", "[2, 4, 6, 8]")]
    [InlineData("groupBy(1..3, # > 1)[true]", "[2, 3]")]
    [InlineData("groupBy(1..3, # > 1 ? nil : '')[nil]", "[2, 3]")]
    [InlineData("groupBy(users, .Name).Bob[0].Age", "25")]
    [InlineData("groupBy(users, .Age)", "{30: [{Name: 'Ann', Age: 30}, {Name: 'Cid', Age: 30}], 25: [{Name: 'Bob', Age: 25}]}")]
    [InlineData("groupBy([1, 1.0, 2], #) | keys()", "[1, 2]")]
    [InlineData("sortBy(users, .Age) | map(.Name)", "['Bob', 'Ann', 'Cid']")]
    [InlineData("sortBy(users, .Age, 'desc') | map(.Name)", "['Ann', 'Cid', 'Bob']")]
    [InlineData("sortBy(1..3, -#)", "[3, 2, 1]")]
    public void Elements_are_brought_together(string expression, string expected) =>
        Assert.Equal(expected, Sample.Show(expression));

    [Fact]
    public void An_outer_element_is_seen_again_after_an_inner_predicate() => Assert.Equal(
        "[[1, 2, 1], [1, 2, 2]]",
        Sample.Show("map(1..2, concat(map(1..2, #), [#]))"));

    [Theory]
    [InlineData("sortBy(users, .Age, 'up')", "sortBy: unknown order, use asc or desc (1:1)")]
    [InlineData("sortBy([1, 'a'], #)", "invalid operation: int < string (1:1)")]
    [InlineData("groupBy([[1]], #)", "groupBy: a array cannot be a key (1:1)")]
    [InlineData("sum(['a'])", "invalid operation: string + int (1:1)")]
    public void Wrong_elements_are_named(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
