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

    [Fact]
    public void A_text_that_is_no_version_cannot_be_parsed()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Evaluate("semverParse('latest')"));

        Assert.Equal("semverParse: the string is not a semantic version", error.Reason);
    }

    private static object? Evaluate(string expression) => Expression.Parse(expression).Evaluate(Scope);
}
