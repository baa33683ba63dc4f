namespace Waybill.Expressions.Tests.Language;

public sealed class CollectionFunctionsTests
{
    [Theory]
    [InlineData("first([1, 2, 3])", "1")]
    [InlineData("first([])", "nil")]
    [InlineData("first(nil)", "nil")]
    [InlineData("last([1, 2, 3])", "3")]
    [InlineData("last([])", "nil")]
    [InlineData("take([1, 2, 3, 4], 2)", "[1, 2]")]
    [InlineData("take([1], 99)", "[1]")]
    [InlineData("reverse([3, 1, 4])", "[4, 1, 3]")]
    [InlineData("reverse(1..3)", "[3, 2, 1]")]
    [InlineData("concat([1, 2], [3, 4], [])", "[1, 2, 3, 4]")]
    [InlineData("flatten([1, 2, [3, [4, []]]])", "[1, 2, 3, 4]")]
    [InlineData("uniq([1, 15, 'a', 2, 1.0, 'a'])", "[1, 15, 'a', 2]")]
    [InlineData("uniq([[1, 2], 'a', [1, 2], [1, 3], {a: 1}, {a: 1}, nil, nil])", "[[1, 2], 'a', [1, 3], {a: 1}, nil]")]
    [InlineData("sort([3, 1, 4])", "[1, 3, 4]")]
    [InlineData("sort([3, 1.5, 4], 'desc')", "[4, 3, 1.5]")]
    [InlineData("sort(['b', 'a'], 'asc')", "['a', 'b']")]
    [InlineData("sort([])", "[]")]
    [InlineData("len([1, 2, 3])", "3")]
    [InlineData("len({a: 1})", "1")]
    [InlineData("len(1..100)", "100")]
    [InlineData("get([1, 2, 3], 1)", "2")]
    [InlineData("get([1, 2, 3], -1)", "3")]
    [InlineData("get([1, 2, 3], 9)", "nil")]
    [InlineData("get({a: 1}, 'a')", "1")]
    [InlineData("get({a: 1}, 'b')", "nil")]
    [InlineData("get(nil, 'b')", "nil")]
    [InlineData("get($env, 'one')", "1")]
    public void Arrays(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("keys({name: 'John', age: 30})", "['name', 'age']")]
    [InlineData("values({name: 'John', age: 30})", "['John', 30]")]
    [InlineData("toPairs({name: 'John', age: 30})", "[['name', 'John'], ['age', 30]]")]
    [InlineData("fromPairs([['name', 'John'], ['age', 30]])", "{name: 'John', age: 30}")]
    [InlineData("fromPairs([['a', 1], ['a', 2]])", "{a: 2}")]
    [InlineData("fromPairs(toPairs({a: 1})) == {a: 1}", "true")]
    [InlineData("fromPairs([[1, 'x']])[1]", "'x'")]
    [InlineData("1 in fromPairs([[1, 'x']])", "true")]
    [InlineData("fromPairs([[1, 'x']])", "{1: 'x'}")]
    [InlineData("keys(commit)", "['ID', 'Tag']")]
    public void Maps(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("first('a')", "first: expected an array, got string")]
    [InlineData("take([1], -1)", "take: expected a number of elements from 0, got -1")]
    [InlineData("concat([1], 2)", "concat: expected an array, got int")]
    [InlineData("flatten(1)", "flatten: expected an array, got int")]
    [InlineData("sort([1, 'a'])", "invalid operation: ")]
    [InlineData("sort([1], 'up')", "sort: unknown order, use asc or desc")]
    [InlineData("sort([1], 1)", "sort: expected the order as a string, got int")]
    [InlineData("keys([1])", "keys: expected a map, got array")]
    [InlineData("fromPairs([['a', 1], ['b']])", "fromPairs: expected pairs, element 1 is none")]
    [InlineData("len(1)", "len: expected an array, a map or a string, got int")]
    [InlineData("get('abc', 0)", "get: expected an array or a map, got string")]
    public void Wrong_arguments_are_named(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
