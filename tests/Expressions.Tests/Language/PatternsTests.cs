namespace Waybill.Expressions.Tests.Language;

/// <summary>What patterns mean where Go's syntax and .NET's differ.</summary>
public sealed class PatternsTests
{
    [Theory]
    [InlineData("abc", "^abc$", true)]
    [InlineData("abc\n", "^abc$", false)]
    [InlineData("a\nb", "(?m)^a$", true)]
    [InlineData("a\nb", "^a$", false)]
    [InlineData("5", @"^\d$", true)]
    [InlineData("٥", @"^\d$", false)]
    [InlineData("é", @"^\w$", false)]
    [InlineData("é", @"^\W$", true)]
    [InlineData("a_1", @"^[\w]+$", true)]
    [InlineData(" \t", @"^\s+$", true)]
    [InlineData("\u00a0", @"^\S$", true)]
    [InlineData("x-1", @"^[^\d]-[\d]$", true)]
    [InlineData("abcXYZ", "^[[:alpha:]]+$", true)]
    [InlineData("ab1", "^[[:lower:]]+[[:digit:]]$", true)]
    [InlineData("a-b", "^[a\\-b]+$", true)]
    [InlineData("]", "^[]]$", true)]
    [InlineData("[", "^[a-[]$", false)]
    [InlineData("a.b", @"^\Qa.b\E$", true)]
    [InlineData("axb", @"^\Qa.b\E$", false)]
    [InlineData("v1.2.3", @"^v(?P<major>\d+)\.", true)]
    [InlineData("É", @"^\pL$", true)]
    [InlineData("😀", @"^\x{1F600}$", true)]
    [InlineData("ABC", "(?i)abc", true)]
    [InlineData("a\nb", "a.b", false)]
    [InlineData("a\nb", "(?s)a.b", true)]
    public void Patterns_are_Gos(string text, string pattern, bool expected)
    {
        var scope = new ExpressionScope.Builder().Variable("text", text).Variable("pattern", pattern).Build();

        if (pattern == "^[a-[]$")
        {
            Assert.Throws<ExpressionEvaluationException>(() => Expression.Parse("text matches pattern").Evaluate(scope));
        }
        else
        {
            Assert.Equal(expected, Expression.Parse("text matches pattern").Evaluate(scope));
        }
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("(.*)*=(.*)*$")]
    public void Matching_is_linear_in_the_text_for_patterns_that_backtrack_without_end(string pattern)
    {
        var scope = new ExpressionScope.Builder().Variable("text", new string('a', 100_000) + "!").Build();

        var matches = Expression.Parse($"text matches '{pattern}'").EvaluateCondition(scope);

        Assert.False(matches);
    }

    [Theory]
    [InlineData("[[:nope:]]", "invalid pattern: there is no class [:nope:]")]
    [InlineData(@"(a)\1", "invalid pattern: lookarounds, backreferences and huge repetitions are not supported")]
    [InlineData("a{1001}", "invalid pattern: repetition of more than 1000")]
    [InlineData("((a{1000}){1000}){1000}", "invalid pattern: lookarounds, backreferences and huge repetitions are not supported")]
    [InlineData("*", "invalid pattern: quantifier after nothing")]
    [InlineData(@"\x{110000}", @"invalid pattern: expected \x{10FFFF}")]
    public void Patterns_that_cannot_be_are_syntax_errors(string pattern, string expected)
    {
        var error = Assert.Throws<ExpressionSyntaxException>(
            () => Expression.Parse($"text matches '{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}'"));

        Assert.Equal(expected, error.Reason);
        Assert.Equal(14, error.Position.Column);
    }
}
