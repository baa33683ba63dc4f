using System.Text.Json.Nodes;

namespace Waybill.Expressions.Tests.Functions;

public sealed class ArgoRolloutsFunctionsTests
{
    private const string UpdateSucceeded =
        """result.updates[0].result == "succeeded" && result.updates[0].environment["git.head"] == "abc" && result.updates[0].kind == "update" """;

    private const string PreviewSucceeded =
        """result.updates[len(result.updates) - 1].info.result == "succeeded" && result.updates[len(result.updates) - 1].info.environment["git.head"] == "abc" && result.updates[len(result.updates) - 1].info.kind == "Pupdate" """;

    [Theory]
    [InlineData("succeeded", "abc", "update", true)]
    [InlineData("failed", "abc", "update", false)]
    [InlineData("succeeded", "def", "update", false)]
    [InlineData("succeeded", "abc", "preview", false)]
    public void The_articles_update_condition_is_decided(string result, string head, string kind, bool expected)
    {
        var body = JsonNode.Parse($$$"""
            {"updates": [{"result": "{{{result}}}", "kind": "{{{kind}}}", "environment": {"git.head": "{{{head}}}"}}]}
            """);

        Assert.Equal(expected, Holds(UpdateSucceeded, body));
    }

    [Fact]
    public void The_articles_preview_condition_is_decided_by_the_last_preview()
    {
        var body = JsonNode.Parse("""
            {"updates": [
              {"info": {"result": "failed", "kind": "Pupdate", "environment": {"git.head": "abc"}}},
              {"info": {"result": "succeeded", "kind": "Pupdate", "environment": {"git.head": "abc"}}}
            ]}
            """);

        Assert.True(Holds(PreviewSucceeded, body));
    }

    [Fact]
    public void An_empty_answer_is_an_error_with_a_place()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Holds(UpdateSucceeded, JsonNode.Parse("""{"updates": []}""")));

        Assert.Equal("index out of range: 0 (array length is 0)", error.Reason);
        Assert.Equal(16, error.Position.Column);
    }

    [Theory]
    [InlineData("\"1\"", "asInt(result) == 1", true)]
    [InlineData("1.123", "asInt(result) == 1", true)]
    [InlineData("\"1.1\"", "asFloat(result) == 1.1", true)]
    [InlineData("1", "asFloat(result) >= 1", true)]
    [InlineData("[2.0, 2.0]", "2 in result", true)]
    [InlineData("[0.97, 0.99]", "result[0] >= 0.95 && all(result, {# > 0.9})", true)]
    [InlineData("5", "isNaN(result) || isInf(result)", false)]
    [InlineData("null", "isNil(result)", true)]
    [InlineData("null", "default(result, 0) < 0.05", true)]
    [InlineData("3", "default(result, 0) == 3", true)]
    [InlineData("{\"ok\": true, \"successPercent\": 0.95}", "result.ok && result.successPercent >= 0.90", true)]
    [InlineData("\"green\"", "result matches '^gr'", true)]
    public void Conditions_as_Argos_documentation_has_them(string result, string condition, bool expected) =>
        Assert.Equal(expected, Holds(condition, JsonNode.Parse(result)));

    [Theory]
    [InlineData("\"1.1\"", "asInt(result) == 1", "int: the string is not an integer")]
    [InlineData("\"x\"", "asFloat(result) == 1", "float: the string is not a number")]
    [InlineData("1", "resutl > 1", "unknown name resutl; did you mean result?")]
    [InlineData("1", "result", "expected the condition to be a bool, got int")]
    public void Conditions_that_cannot_be_decided_are_errors(string result, string condition, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Holds(condition, JsonNode.Parse(result)));

        Assert.Equal(expected, error.Reason);
    }

    private static bool Holds(string condition, JsonNode? result) =>
        Expression.Parse(condition).EvaluateCondition(ArgoRolloutsFunctions.ScopeOf(result));
}
