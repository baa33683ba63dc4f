using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Expressions.Tests;

public sealed class ExpressionValueTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("1.0", "1.0")]
    [InlineData("1e2", "100.0")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("9223372036854775808", "9.223372036854776E+18")]
    [InlineData("null", "nil")]
    [InlineData("\"a\"", "'a'")]
    [InlineData("{\"b\": [true, {}], \"a\": 1}", "{b: [true, {}], a: 1}")]
    public void Json_becomes_values_with_ints_and_floats_apart(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, Shown.Of(ExpressionValue.FromJson(document.RootElement)));
        Assert.Equal(expected, Shown.Of(ExpressionValue.FromJson(JsonNode.Parse(json))));
    }

    [Fact]
    public void Nodes_made_in_memory_keep_what_they_were_made_of()
    {
        var node = new JsonObject { ["int"] = 1, ["long"] = 1L, ["double"] = 1.0, ["decimal"] = 1.5m, ["text"] = "x" };

        Assert.Equal("{int: 1, long: 1, double: 1.0, decimal: 1.5, text: 'x'}", Shown.Of(ExpressionValue.FromJson(node)));
    }

    [Theory]
    [InlineData("[1, 1.5, 'a', nil, true, {b: {}, a: []}]", """[1,1.5,"a",null,true,{"b":{},"a":[]}]""")]
    [InlineData("1e300", "1E+300")]
    [InlineData("duration('1s')", "1000000000")]
    [InlineData("date('2023-08-14')", "\"2023-08-14T00:00:00Z\"")]
    [InlineData("b'abc'", "\"YWJj\"")]
    [InlineData("1..3", "[1,2,3]")]
    public void Values_become_json(string expression, string expected) => Assert.Equal(
        expected,
        ExpressionValue.ToJson(Expression.Parse(expression).Evaluate(ExpressionScope.Empty))!.ToJsonString());

    [Fact]
    public void Ints_and_floats_stay_apart_through_nodes()
    {
        var value = new object?[] { 1L, 1.0 };

        Assert.Equal("[1, 1.0]", Shown.Of(ExpressionValue.FromJson(ExpressionValue.ToJson(value))));
    }

    [Fact]
    public void Json_has_no_infinity()
    {
        Assert.Throws<ArgumentException>(() => ExpressionValue.ToJson(double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => ExpressionValue.ToText(new[] { double.NaN }));
    }

    [Fact]
    public void Values_become_text_as_templates_show_them()
    {
        Assert.Equal("a", ExpressionValue.ToText("a"));
        Assert.Equal("""{"a":1,"b":[null]}""", ExpressionValue.ToText(new Dictionary<string, object?> { ["b"] = new object?[] { null }, ["a"] = 1 }));
    }

    [Fact]
    public void Dotnet_values_are_taken_in_and_values_are_not_copied()
    {
        var canonical = new Dictionary<string, object?> { ["a"] = new object?[] { 1L, "x" } };

        Assert.Same(canonical, ExpressionValue.From(canonical));
        Assert.Equal("[1, 2, 3, 1.5, 2.5]", Shown.Of(ExpressionValue.From(new object[] { (byte)1, 2u, 3UL, 1.5f, 2.5m })));
        Assert.Equal("{a: [1]}", Shown.Of(ExpressionValue.From(new Dictionary<string, int[]> { ["a"] = [1] })));
        Assert.Equal("{a: 'b'}", Shown.Of(ExpressionValue.From(new SortedDictionary<string, string> { ["a"] = "b" })));
        Assert.Equal("2024-01-01T00:00:00+00:00", Shown.Of(ExpressionValue.From(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
        Assert.Throws<ExpressionFunctionException>(() => ExpressionValue.From(new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Local)));
    }

    [Fact]
    public void A_value_that_holds_itself_is_refused()
    {
        var loop = new List<object?>();
        loop.Add(loop);

        Assert.Throws<ExpressionFunctionException>(() => ExpressionValue.From(loop));
    }
}
