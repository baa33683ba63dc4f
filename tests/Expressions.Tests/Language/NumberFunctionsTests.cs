namespace Waybill.Expressions.Tests.Language;

public sealed class NumberFunctionsTests
{
    [Theory]
    [InlineData("abs(-5)", "5")]
    [InlineData("abs(-.5)", "0.5")]
    [InlineData("ceil(1.5)", "2.0")]
    [InlineData("ceil(5)", "5.0")]
    [InlineData("floor(1.5)", "1.0")]
    [InlineData("round(1.5)", "2.0")]
    [InlineData("round(2.5)", "3.0")]
    [InlineData("round(-1.5)", "-2.0")]
    [InlineData("round(5.49)", "5.0")]
    [InlineData("max(5, 7)", "7")]
    [InlineData("max(1.5, 2, 1)", "2")]
    [InlineData("max([1, 2, 4, 10], 20, [29, 23, -19])", "29")]
    [InlineData("min([1, [2, [-3]]], 4)", "-3")]
    [InlineData("min(-1, [1.5, 2.5])", "-1")]
    [InlineData("max([])", "nil")]
    [InlineData("mean(1..9)", "5.0")]
    [InlineData("mean([1, 2, 3.0, 4])", "2.5")]
    [InlineData("mean(10, [1, 2, 3], 1..9)", "4.6923076923076925")]
    [InlineData("mean([])", "0.0")]
    [InlineData("median([1, 2, 3])", "2.0")]
    [InlineData("median([1, 2, 3, 4])", "2.5")]
    [InlineData("median(10, [1, 2, 3], 1..9)", "4.0")]
    [InlineData("median(1..5, 4.9)", "3.5")]
    [InlineData("median([])", "0.0")]
    public void Numbers(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("bitand(0b1010, 0b1100)", "8")]
    [InlineData("bitor(0b1010, 0b1100)", "14")]
    [InlineData("bitor(987, -123)", "-33")]
    [InlineData("bitxor(0b1010, 0b1100)", "6")]
    [InlineData("bitnand(0b1010, 0b1100)", "2")]
    [InlineData("bitnot(0b1010)", "-11")]
    [InlineData("bitshl(0b101101, 2)", "180")]
    [InlineData("bitshl(1, 64)", "0")]
    [InlineData("bitshr(0b101101, 2)", "11")]
    [InlineData("bitshr(-1, 100)", "-1")]
    [InlineData("bitushr(-0b101, 2)", "4611686018427387902")]
    [InlineData("bitushr(-100, 5)", "576460752303423484")]
    [InlineData("[{v: 1}, {v: 4}] | filter(5 | bitand(.v) != 0) | len()", "2")]
    public void Bits(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("abs('a')", "abs: expected a number, got string (1:1)")]
    [InlineData("max(1, '2')", "max: expected numbers, got string (1:1)")]
    [InlineData("mean([1, nil])", "mean: expected numbers, got nil (1:1)")]
    [InlineData("bitand(1.5, 1)", "bitand: expected an int, got float (1:1)")]
    [InlineData("bitshl(1, -1)", "bitshl: negative shift count -1 (1:1)")]
    public void Wrong_arguments_are_named(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
