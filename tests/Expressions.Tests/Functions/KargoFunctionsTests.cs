namespace Waybill.Expressions.Tests.Functions;

public sealed class KargoFunctionsTests
{
    private static readonly ExpressionScope Scope = new ExpressionScope.Builder().Functions(KargoFunctions.All).Build();

    [Theory]
    [InlineData("1.2.3", "2.0.0", "Major")]
    [InlineData("1.2.3", "1.3.3", "Minor")]
    [InlineData("1.2.3", "1.2.4", "Patch")]
    [InlineData("1.2.3+a", "1.2.3+b", "Metadata")]
    [InlineData("1.2.3", "v1.2.3", "None")]
    [InlineData("1.2", "1.2.0", "None")]
    [InlineData("1", "1.0.0", "None")]
    [InlineData("01.2.3", "1.2.3", "None")]
    [InlineData("1.2.3-alpha", "1.2.3-beta", "None")]
    [InlineData("latest", "1.2.3", "Incomparable")]
    [InlineData("1.2.3", "1.2.3.4", "Incomparable")]
    [InlineData("1.2.3", "", "Incomparable")]
    [InlineData("1.2.3", "1.2.99999999999999999999", "Incomparable")]
    public void Versions_differ_by_their_first_different_part(string left, string right, string expected) =>
        Assert.Equal(expected, Evaluate($"semverDiff('{left}', '{right}')"));

    [Theory]
    [InlineData("semverParse('v1.2.3-rc.1+b5').Major()", "1")]
    [InlineData("semverParse('v1.2.3-rc.1+b5').Minor()", "2")]
    [InlineData("semverParse('v1.2.3-rc.1+b5').Patch()", "3")]
    [InlineData("semverParse('v1.2.3-rc.1+b5').Prerelease()", "'rc.1'")]
    [InlineData("semverParse('v1.2.3-rc.1+b5').Metadata()", "'b5'")]
    [InlineData("semverParse('v1.2.3-rc.1+b5').String()", "'1.2.3-rc.1+b5'")]
    [InlineData("semverParse('v1.2').Original()", "'v1.2'")]
    [InlineData("semverParse('1.2.3').IncMajor().String()", "'2.0.0'")]
    [InlineData("semverParse('1.2.3').IncMinor()", "'1.3.0'")]
    [InlineData("semverParse('1.2.3').IncPatch()", "'1.2.4'")]
    [InlineData("semverParse('1.2.3-rc.1').IncPatch()", "'1.2.3'")]
    [InlineData("semverParse('1.2.3').GreaterThan(semverParse('1.2.3-rc.1'))", "true")]
    [InlineData("semverParse('1.2.3-rc.2').LessThan(semverParse('1.2.3-rc.10'))", "true")]
    [InlineData("semverParse('1.10.0').Compare(semverParse('1.9.0'))", "1")]
    [InlineData("semverParse('1.0.0+a').Equal(semverParse('1.0.0+b'))", "true")]
    public void Versions_have_parts(string expression, string expected) =>
        Assert.Equal(expected, Shown.Of(Evaluate(expression)));

    [Theory]
    [InlineData("{foo: 'bar', count: 2}", "count: 2\nfoo: bar\n")]
    [InlineData("['one', 'two']", "- one\n- two\n")]
    [InlineData("{a: {b: {c: 1}}, d: [1, {e: 2, f: [3]}], g: [], h: {}}", "a:\n    b:\n        c: 1\nd:\n    - 1\n    - e: 2\n      f:\n        - 3\ng: []\nh: {}\n")]
    [InlineData("[[1, 2], [{a: {b: 1}}]]", "- - 1\n  - 2\n- - a:\n        b: 1\n")]
    [InlineData("[nil, true, 1.5, 1e21, 1/0.0]", "- null\n- true\n- 1.5\n- 1e+21\n- .inf\n")]
    [InlineData("['', '42', 'true', 'yes', 'null', '~', '1e3', '0x1F', '12:30', '2024-01-02']", "- \"\"\n- \"42\"\n- \"true\"\n- \"yes\"\n- \"null\"\n- \"~\"\n- \"1e3\"\n- \"0x1F\"\n- \"12:30\"\n- \"2024-01-02\"\n")]
    [InlineData("['a: b', '# c', 'd #e', '- f', 'it\\'s', '@x', ' y', 'z:', '{}', 'a-b:c#d']", "- 'a: b'\n- '# c'\n- 'd #e'\n- '- f'\n- it's\n- '@x'\n- ' y'\n- 'z:'\n- '{}'\n- a-b:c#d\n")]
    [InlineData("{'a b': 1, '': 2, 'c: d': 3, '5': 4}", "\"\": 2\n\"5\": 4\na b: 1\n'c: d': 3\n")]
    [InlineData("{text: 'one\\ntwo', more: 'x\\n\\ny\\n'}", "more: |\n    x\n\n    y\ntext: |-\n    one\n    two\n")]
    [InlineData("['tab\\t', ' lead\\nx']", "- \"tab\\t\"\n- \" lead\\nx\"\n")]
    [InlineData("'plain'", "plain\n")]
    public void Values_are_written_as_yaml(string value, string expected) =>
        Assert.Equal($"\"{expected}\"", Evaluate($"asYAML({value})"));

    [Fact]
    public void A_text_that_is_no_version_cannot_be_parsed()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Evaluate("semverParse('latest')"));

        Assert.Equal("semverParse: the string is not a semantic version", error.Reason);
    }

    private static object? Evaluate(string expression) => Expression.Parse(expression).Evaluate(Scope);
}
