namespace Waybill.Expressions.Tests.Language;

public sealed class StringFunctionsTests
{
    [Theory]
    [InlineData("trim('  Hello\\t\\n')", "'Hello'")]
    [InlineData("trim('__Hello__', '_')", "'Hello'")]
    [InlineData("trim('xyHelloyx', 'xy')", "'Hello'")]
    [InlineData("trim(' a ', '')", "' a '")]
    [InlineData("trimPrefix('HelloWorld', 'Hello')", "'World'")]
    [InlineData("trimPrefix('HelloWorld', 'World')", "'HelloWorld'")]
    [InlineData("trimPrefix(' a')", "'a'")]
    [InlineData("trimSuffix('HelloWorld', 'World')", "'Hello'")]
    [InlineData("trimSuffix('a ')", "'a'")]
    [InlineData("upper('hello é')", "'HELLO É'")]
    [InlineData("lower('HELLO')", "'hello'")]
    [InlineData("replace('Hello World', 'World', 'Universe')", "'Hello Universe'")]
    [InlineData("replace('foo,bar,baz,goo', ',', ';', 2)", "'foo;bar;baz,goo'")]
    [InlineData("replace('aaa', 'a', '', 0)", "'aaa'")]
    [InlineData("replace('aaa', 'aa', 'b')", "'ba'")]
    [InlineData("replace('a😀', '', '-')", "'-a-😀-'")]
    [InlineData("replace('ab', '', '-', 2)", "'-a-b'")]
    [InlineData("repeat('Hi', 3)", "'HiHiHi'")]
    [InlineData("repeat('Hi', 0)", "''")]
    [InlineData("join(['apple', 'orange'], ', ')", "'apple, orange'")]
    [InlineData("join(['apple', 'orange'])", "'appleorange'")]
    [InlineData("join([], ',')", "''")]
    public void Strings_make_strings(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("indexOf('apple pie', 'pie')", "6")]
    [InlineData("indexOf('apple', 'x')", "-1")]
    [InlineData("indexOf('😀pie', 'pie')", "1")]
    [InlineData("'😀pie'[indexOf('😀pie', 'pie'):]", "'pie'")]
    [InlineData("lastIndexOf('apple pie apple', 'apple')", "10")]
    [InlineData("lastIndexOf('abc', '')", "3")]
    [InlineData("hasPrefix('HelloWorld', 'Hello')", "true")]
    [InlineData("hasSuffix('HelloWorld', 'Hello')", "false")]
    [InlineData("len('Hello')", "5")]
    [InlineData("len('👍🏻')", "2")]
    [InlineData("len('北京')", "2")]
    [InlineData("split('apple,orange,grape', ',')", "['apple', 'orange', 'grape']")]
    [InlineData("split('apple,orange,grape', ',', 2)", "['apple', 'orange,grape']")]
    [InlineData("split('a,b', ',', 0)", "[]")]
    [InlineData("split('a,b', ',', -1)", "['a', 'b']")]
    [InlineData("split('a,b,', ',')", "['a', 'b', '']")]
    [InlineData("split('', ',')", "['']")]
    [InlineData("split('', '')", "[]")]
    [InlineData("split('a😀b', '')", "['a', '😀', 'b']")]
    [InlineData("split('abc', '', 2)", "['a', 'bc']")]
    [InlineData("splitAfter('apple,orange,grape', ',')", "['apple,', 'orange,', 'grape']")]
    [InlineData("splitAfter('apple,orange,grape', ',', 2)", "['apple,', 'orange,grape']")]
    public void Strings_are_taken_apart(string expression, string expected) =>
        Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("upper(1)", "upper: expected a string, got int (1:1)")]
    [InlineData("join(['a', 1])", "join: expected strings, element 1 is int (1:1)")]
    [InlineData("repeat('a', -1)", "repeat: expected a number of times from 0, got -1 (1:1)")]
    [InlineData("indexOf('a', nil)", "indexOf: expected a string, got nil (1:1)")]
    public void Wrong_arguments_are_named(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
