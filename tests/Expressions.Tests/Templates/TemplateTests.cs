namespace Waybill.Expressions.Tests.Templates;

public sealed class TemplateTests
{
    private static readonly ExpressionScope Scope = new ExpressionScope.Builder()
        .Variable("aString", "hello")
        .Variable("anInt", 42)
        .Variable("aFloat", 3.14)
        .Variable("aBool", true)
        .Variable("aMap", new Dictionary<string, string> { ["b"] = "world", ["a"] = "<hello>" })
        .Variable("anArray", new[] { "one", "two" })
        .Variable("sha", "0123456789")
        .Functions(KargoFunctions.All)
        .Build();

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("", "''")]
    [InlineData("42", "'42'")]
    [InlineData("true", "'true'")]
    [InlineData("{\"a\": 1}", "'{\"a\": 1}'")]
    [InlineData("}} %} {{ ${ $", "'}} %} {{ ${ $'")]
    public void A_text_without_expressions_is_itself(string template, string expected) =>
        Assert.Equal(expected, Show(template));

    [Theory]
    [InlineData("${{ aString }}", "'hello'")]
    [InlineData("${{anInt}}", "42")]
    [InlineData("${{ aFloat }}", "3.14")]
    [InlineData("${{ aBool }}", "true")]
    [InlineData("${{ aMap }}", "{a: '<hello>', b: 'world'}")]
    [InlineData("${{ anArray }}", "['one', 'two']")]
    [InlineData("${{ nil }}", "nil")]
    [InlineData("${{ null }}", "nil")]
    [InlineData("${{ 40 + 2 }}", "42")]
    [InlineData("${{ 4 / 2 }}", "2")]
    [InlineData("${{ 1 / 4 }}", "0.25")]
    [InlineData("${{ 9007199254740993 }}", "9007199254740993")]
    [InlineData("${{ 'null' }}", "nil")]
    [InlineData("${{ '42' }}", "42")]
    [InlineData("${{ 'true' }}", "true")]
    [InlineData("${{ 't' }}", "true")]
    [InlineData("${{ '0' }}", "0")]
    [InlineData("${{ 'F' }}", "false")]
    [InlineData("${{ 'yes' }}", "'yes'")]
    [InlineData("${{ '1.10' }}", "1.1")]
    [InlineData("${{ '1.2.3' }}", "'1.2.3'")]
    [InlineData("${{ '007' }}", "7")]
    [InlineData("${{ '1_000' }}", "1000.0")]
    [InlineData("${{ '123e4' }}", "1230000.0")]
    [InlineData("${{ '1e999' }}", "'1e999'")]
    [InlineData("${{ '0x10' }}", "'0x10'")]
    [InlineData("${{ '0x1p4' }}", "16.0")]
    [InlineData("${{ 'inf' }}", "'inf'")]
    [InlineData("${{ 'NaN' }}", "'NaN'")]
    [InlineData("${{ ' 42 ' }}", "42")]
    [InlineData("${{ '[1, {\"a\": null}]' }}", "[1, {a: nil}]")]
    [InlineData("${{ '[1, ' }}", "'[1, '")]
    [InlineData("${{ '' }}", "''")]
    [InlineData("${{ duration('1s') }}", "1000000000")]
    [InlineData("${{ date('2023-08-14') }}", "'2023-08-14T00:00:00Z'")]
    [InlineData("${{ semverParse('v1.2.3').IncMinor() }}", "'1.3.0'")]
    public void A_value_that_is_one_expression_has_the_type_its_text_reads_as(string template, string expected) =>
        Assert.Equal(expected, Show(template));

    [Theory]
    [InlineData("${{ aString }}, world!", "'hello, world!'")]
    [InlineData("${{ aString }}, ${{ anInt }}!", "'hello, 42!'")]
    [InlineData("${{ 4 }}${{ 2 }}", "42")]
    [InlineData("[${{ 4 }}, ${{ 2 }}]", "[4, 2]")]
    [InlineData("v${{ 4 / 2 }}", "'v2'")]
    [InlineData("a: ${{ aMap }}", "'a: {\"a\":\"\\u003chello\\u003e\",\"b\":\"world\"}'")]
    [InlineData("is ${{ aBool }} or ${{ nil }}", "'is true or null'")]
    [InlineData("foo ${{ aString }} and ${% 'bar' %}", "'foo hello and bar'")]
    [InlineData("${% '{{.domain}}' %}", "'{{.domain}}'")]
    [InlineData("${% {labels: {app: 'nginx'}} %}", "{labels: {app: 'nginx'}}")]
    [InlineData("stage/${{ sha[:7] }}", "'stage/0123456'")]
    public void Mixed_text_is_put_together_and_read_as_a_whole(string template, string expected) =>
        Assert.Equal(expected, Show(template));

    [Theory]
    [InlineData("${{ quote(null) }}", "'null'")]
    [InlineData("${{ quote(true) }}", "'true'")]
    [InlineData("${{ quote(42) }}", "'42'")]
    [InlineData("${{ quote(40 + 2) }}", "'42'")]
    [InlineData("${{ quote({ 'foo': 'bar' }) }}", "'{\"foo\":\"bar\"}'")]
    [InlineData("${{ quote('foo') }}", "'foo'")]
    [InlineData("${{ quote('true') }}", "'true'")]
    [InlineData("${{ quote('a\"b\\\\c\\n') }}", "'a\\\"b\\\\c\\n'")]
    [InlineData("${{ quote('é\\u200b\\x07') }}", "'é\\u200b\\a'")]
    [InlineData("${{ unsafeQuote('foo') }}", "'\"foo\"'")]
    [InlineData("${{ quote('a') }} b", "'\"a\" b'")]
    [InlineData("${{ asJSON({ 'foo': 'bar', 'count': 2 }) }}", "'{\n  \"count\": 2,\n  \"foo\": \"bar\"\n}\n'")]
    [InlineData("\"${{ 42 }}\"", "'42'")]
    [InlineData("${{ '\"' }}", "'\"'")]
    public void Quotes_keep_a_string_a_string(string template, string expected) => Assert.Equal(expected, Show(template));

    [Theory]
    [InlineData("{\"foo\": \"bar\"}\n", "'{\"foo\": \"bar\"}\n'")]
    [InlineData("${{ {\"foo\": \"bar\"} }}\n", "{foo: 'bar'}")]
    [InlineData("${{ quote({\"foo\": \"bar\"}) }}\n", "'{\"foo\":\"bar\"}\n'")]
    [InlineData("${{ 42 }}\n", "42")]
    [InlineData("${{ quote(42) }}\n", "'42\n'")]
    [InlineData("${{ aString }}\n", "'hello\n'")]
    [InlineData("${{ aString }}\n\n", "'hello\n\n'")]
    [InlineData("${{\n  aString +\n  '!'\n}}\n", "'hello!\n'")]
    public void The_newline_of_a_block_is_no_part_of_a_value_but_of_a_string(string template, string expected) =>
        Assert.Equal(expected, Show(template));

    [Theory]
    [InlineData("a ${{ aString ", "unclosed expression: expected }} after ${{ (1:3)\n | a ${{ aString \n | ..^")]
    [InlineData("${{ }}", "empty expression (1:4)\n | ${{ }}\n | ...^")]
    [InlineData("a: ${{ 1 + }}", "unexpected end of expression (1:12)\n | a: ${{ 1 + }}\n | ...........^")]
    [InlineData("${{ '{{.domain}}' }}", "string not terminated; the expression ends at the first }}, write ${% %} around one that contains it (1:5)\n | ${{ '{{.domain}}' }}\n | ....^")]
    [InlineData("${{ {a: {b: 1}} }}", "expected }, got end of expression; the expression ends at the first }}, write ${% %} around one that contains it (1:14)\n | ${{ {a: {b: 1}} }}\n | .............^")]
    [InlineData("${{ 1 + }} and ${{ 2 }}", "unexpected end of expression (1:9)\n | ${{ 1 + }} and ${{ 2 }}\n | ........^")]
    public void Syntax_errors_point_into_the_whole_text(string template, string expected)
    {
        Assert.False(Template.TryParse(template, out _, out var error));
        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Runtime_errors_point_into_the_whole_text()
    {
        var template = Template.Parse("one\ntwo ${{ aString }} ${{ aStrin }}");

        var error = Assert.Throws<ExpressionEvaluationException>(() => template.Evaluate(Scope));

        Assert.Equal("unknown name aStrin; did you mean aString? (2:24)\n | two ${{ aString }} ${{ aStrin }}\n | .......................^", error.Message);
    }

    [Fact]
    public void A_template_says_which_names_it_looks_up()
    {
        var template = Template.Parse("${{ quote(vars.a) }} ${% let x = ctx; commitFrom(x.repo).ID | upper() %}");

        Assert.Equal(["ctx", "vars"], template.Variables.Order());
        Assert.Equal(["commitFrom", "quote"], template.Functions.Order());
        Assert.True(template.HasExpressions);
    }

    private static string Show(string template) => Shown.Of(Template.Parse(template).Evaluate(Scope));
}
