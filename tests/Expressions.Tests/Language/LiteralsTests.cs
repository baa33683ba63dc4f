namespace Waybill.Expressions.Tests.Language;

public sealed class LiteralsTests
{
    [Theory]
    [InlineData("42", "42")]
    [InlineData("1_000_000", "1000000")]
    [InlineData("0x2A", "42")]
    [InlineData("0XfF", "255")]
    [InlineData("0o52", "42")]
    [InlineData("0b101010", "42")]
    [InlineData("007", "7")]
    [InlineData("0x7fffffffffffffff", "9223372036854775807")]
    [InlineData("0.5", "0.5")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5.0")]
    [InlineData("1e3", "1000.0")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("nil", "nil")]
    public void Scalars(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("\"foo\"", "foo")]
    [InlineData("'foo'", "foo")]
    [InlineData("'it''s'", null)]
    [InlineData(@"'it\'s'", "it's")]
    [InlineData("\"it's\"", "it's")]
    [InlineData(@"'a\nb\tc\\d\""e'", "a\nb\tc\\d\"e")]
    [InlineData(@"'\a\b\f\r\v'", "\a\b\f\r\v")]
    [InlineData(@"'\x41\u00e9\U0001F600\u{1F600}\101'", "Aé😀😀A")]
    [InlineData(@"'\ud800'", "\uFFFD")]
    [InlineData("`raw \\n ``tick``\nline`", "raw \\n `tick`\nline")]
    [InlineData("``", "")]
    [InlineData("'北京'", "北京")]
    public void Strings(string expression, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<ExpressionSyntaxException>(() => Sample.Evaluate(expression));
        }
        else
        {
            Assert.Equal(expected, Sample.Evaluate(expression));
        }
    }

    [Theory]
    [InlineData("b'abc'", "[97, 98, 99]")]
    [InlineData("b\"ÿ\"", "[195, 191]")]
    [InlineData(@"b'\xff\x00\101\n'", "[255, 0, 65, 10]")]
    [InlineData("len(b'abc')", "3")]
    [InlineData("b'a' == [97]", "true")]
    [InlineData("string(b'ab')", "'[97 98]'")]
    [InlineData("toJSON(b'abc')", "'\"YWJj\"'")]
    [InlineData("type(b'')", "'array'")]
    public void Bytes(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1, 'two', [3.0], nil,]", "[1, 'two', [3.0], nil]")]
    [InlineData("{}", "{}")]
    [InlineData("{a: 1, 'b c': 2, 3: 3, (text + '!'): 4,}", "{a: 1, b c: 2, 3: 3, string!: 4}")]
    [InlineData("{a: 1, a: 2}", "{a: 2}")]
    [InlineData("{a: {b: {c: 1}}}.a.b", "{c: 1}")]
    public void Collections(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("1 /* one */ + 2 // two", "3")]
    [InlineData("// first\n1 + // second\n1", "2")]
    [InlineData("/* a\nb */ 1", "1")]
    [InlineData("'// no comment'", "'// no comment'")]
    public void Comments_are_skipped(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("let x = 42; x * 2", "84")]
    [InlineData("let x = 42; let y = 2; x * y", "84")]
    [InlineData("let name = user.Name | lower() | split(''); 'Hello, ' + name[0] + '!'", "'Hello, a!'")]
    [InlineData("let a = 1; add(2, 2); let b = 2; a + b", "3")]
    [InlineData("1; 2; 3", "3")]
    [InlineData("1; 2;", "2")]
    [InlineData("(let x = 1; x + 1) * 2", "4")]
    [InlineData("if 1 > 2 { 333 * 2 + 1 } else { 444 }", "444")]
    [InlineData("let a = 3; let b = 2; if a>b {let c = add(a, b); c+1} else {add(10, b)}", "6")]
    [InlineData("if 'a' < 'b' {let x = 'a'; x} else {'abc'}", "'a'")]
    [InlineData("if 1 == 2 { 'no' } else if 1 == 1 { 'yes' } else { 'maybe' }", "'yes'")]
    public void Declarations_sequences_and_conditions(string expression, string expected) =>
        Assert.Equal(expected, Sample.Show(expression));
}
