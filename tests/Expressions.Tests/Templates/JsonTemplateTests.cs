using System.Text.Json.Nodes;

namespace Waybill.Expressions.Tests.Templates;

public sealed class JsonTemplateTests
{
    private static readonly ExpressionScope Scope = new ExpressionScope.Builder()
        .Variable("vars", new Dictionary<string, object?> { ["path"] = "./out", ["count"] = 3 })
        .Functions(KargoFunctions.All)
        .Build();

    [Fact]
    public void Every_string_of_a_document_is_evaluated_and_nothing_else()
    {
        var config = JsonNode.Parse("""
            {
              "path": "${{ vars.path }}",
              "${{ vars.path }}": "key",
              "number": 1.50,
              "flag": true,
              "none": null,
              "plain": "42",
              "nested": {"list": ["${{ vars.count }}", ["${{ vars.count > 2 }}", {"deep": "x${{ vars.count }}"}]]},
              "map": "${{ {a: vars.count} }}",
              "null": "${{ nil }}"
            }
            """);
        var before = config!.ToJsonString();

        var evaluated = Template.EvaluateJson(config, Scope);

        Assert.Equal(
            JsonNode.Parse("""
                {
                  "path": "./out",
                  "${{ vars.path }}": "key",
                  "number": 1.50,
                  "flag": true,
                  "none": null,
                  "plain": "42",
                  "nested": {"list": [3, [true, {"deep": "x3"}]]},
                  "map": {"a": 3},
                  "null": null
                }
                """)!.ToJsonString(),
            evaluated!.ToJsonString());
        Assert.Equal(before, config.ToJsonString());
    }

    [Fact]
    public void Nothing_and_scalars_are_documents_too()
    {
        Assert.Null(Template.EvaluateJson(null, Scope));
        Assert.Equal("3", Template.EvaluateJson(JsonValue.Create("${{ vars.count }}"), Scope)!.ToJsonString());
        Assert.Equal("7", Template.EvaluateJson(JsonValue.Create(7), Scope)!.ToJsonString());
    }

    [Fact]
    public void An_error_says_the_path_and_the_character()
    {
        var config = JsonNode.Parse("""{"steps": [{"config": {"a.b": "x ${{ var.path }}"}}]}""");

        var error = Assert.Throws<ExpressionEvaluationException>(() => Template.EvaluateJson(config, Scope));

        Assert.Equal("$.steps[0].config[\"a.b\"]", error.Path);
        Assert.Equal("unknown name var; did you mean vars?", error.Reason);
        Assert.StartsWith("$.steps[0].config[\"a.b\"]: unknown name var; did you mean vars? (1:7)\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_finds_every_syntax_error_of_a_document()
    {
        var config = JsonNode.Parse("""{"a": "${{ 1 + }}", "b": ["fine", "${{ unknown }}", "${{ 'x }}"], "c": 1}""");

        var errors = Template.CheckJson(config);

        Assert.Equal(["$.a", "$.b[2]"], errors.Select(error => error.Path));
        Assert.All(errors, error => Assert.IsType<ExpressionSyntaxException>(error));
    }

    [Fact]
    public void A_document_can_be_too_deep()
    {
        JsonNode? deep = JsonValue.Create("${{ 1 }}");
        for (var level = 0; level < 300; level++)
        {
            deep = new JsonArray(deep);
        }

        Assert.Equal("MaxValueDepth", Assert.Throws<ExpressionLimitException>(() => Template.EvaluateJson(deep, Scope)).Limit);
        Assert.Throws<ExpressionLimitException>(() => Template.CheckJson(deep));
    }

    [Fact]
    public void A_cache_serves_the_strings_of_a_document()
    {
        var cache = new ExpressionCache();
        var config = JsonNode.Parse("""{"a": "${{ vars.count }}", "b": "${{ vars.count }}", "c": "plain"}""");

        Template.EvaluateJson(config, Scope, cache: cache);
        Template.EvaluateJson(config, Scope, cache: cache);

        Assert.Equal(2, cache.Count);
    }
}
