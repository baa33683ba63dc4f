using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions.Tests;

public sealed class ScopeTests
{
    [Fact]
    public void An_inner_scope_is_seen_before_the_outer_one()
    {
        var outer = new ExpressionScope.Builder()
            .Variable("a", 1).Variable("b", 2)
            .Function("f", 0, 0, _ => "outer").Function("g", 0, 0, _ => "outer")
            .Build();
        var inner = new ExpressionScope.Builder(outer).Variable("a", 10).Function("f", 0, 0, _ => "inner").Build();

        Assert.Equal("[10, 2, 'inner', 'outer']", Show("[a, b, f(), g()]", inner));
        Assert.Equal("[1, 2, 'outer', 'outer']", Show("[a, b, f(), g()]", outer));
        Assert.Equal("{a: 10, b: 2}", Show("$env", inner));
    }

    [Fact]
    public void Variables_and_builtin_functions_may_share_a_name() => Assert.Equal(
        "[3, 1]",
        Show("[count, count([true])]", new ExpressionScope.Builder().Variable("count", 3).Build()));

    [Fact]
    public void A_builtin_functions_name_is_refused() => Assert.Throws<ArgumentException>(
        () => new ExpressionScope.Builder().Function("len", 1, 1, _ => 1));

    [Fact]
    public void A_variable_of_an_unknown_type_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => new ExpressionScope.Builder().Variable("uri", new Uri("http://localhost")));

        Assert.Contains("Variable uri: a Uri is not a value of expressions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_of_a_wrong_type_fail_the_call_by_place()
    {
        var scope = new ExpressionScope.Builder()
            .Function("commitFrom", 1, 2, arguments => arguments.StringAt(0) + arguments.MapAt(1).Count + arguments.IntegerAt(1))
            .Build();

        var error = Assert.Throws<ExpressionEvaluationException>(() => Show("commitFrom('a', 'b')", scope));

        Assert.Equal("commitFrom: expected argument 2 to be a map, got string", error.Reason);
    }

    [Fact]
    public void A_scope_of_another_kind_may_hold_plain_dotnet_values()
    {
        var scope = new LooseScope(new Dictionary<string, object?> { ["n"] = 3, ["list"] = new List<int> { 1, 2 }, ["bad"] = new object() });

        Assert.Equal("[4, 1, {n: 3, list: [1, 2]}]", Show("[n + 1, list[0], {n: $env.n, list: $env['list']}]", scope));
        Assert.Equal(
            "variable bad: a Object is not a value of expressions",
            Assert.Throws<ExpressionEvaluationException>(() => Show("bad", scope)).Reason);
    }

    [Fact]
    public void An_expression_says_which_names_it_looks_up()
    {
        var expression = Expression.Parse("let a = vars.x; map(outputs, # + a) | quote() ?? secret('s').key ?? len(ctx)");

        Assert.Equal(["ctx", "outputs", "vars"], expression.Variables.Order());
        Assert.Equal(["quote", "secret"], expression.Functions.Order());
    }

    private static string Show(string text, IExpressionScope scope) => Shown.Of(Expression.Parse(text).Evaluate(scope));

    private sealed class LooseScope(Dictionary<string, object?> variables) : IExpressionScope
    {
        public IEnumerable<string> VariableNames => variables.Keys;

        public IEnumerable<string> FunctionNames => [];

        public bool TryGetValue(string name, out object? value) => variables.TryGetValue(name, out value);

        public bool TryGetFunction(string name, [NotNullWhen(true)] out ExpressionFunction? function)
        {
            function = null;

            return false;
        }
    }
}
