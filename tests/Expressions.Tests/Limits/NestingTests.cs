namespace Waybill.Expressions.Tests.Limits;

public sealed class NestingTests
{
    private const int Deep = 20_000;

    public static TheoryData<string, string> TooDeep() => new()
    {
        { Repeated("(", Deep) + "1" + Repeated(")", Deep), "MaxNesting" },
        { Repeated("[", Deep) + Repeated("]", Deep), "MaxNesting" },
        { Repeated("{a:", 10_000) + "1" + Repeated("}", 10_000), "MaxNesting" },
        { Repeated("-", Deep) + "1", "MaxNesting" },
        { Repeated("not ", 10_000) + "true", "MaxNesting" },
        { Repeated("true ? 1 : ", 5_000) + "1", "MaxNesting" },
        { Repeated("if true { 1 } else ", 3_000) + "{ 1 }", "MaxNesting" },
        { Repeated("2 ** ", 10_000) + "2", "MaxNesting" },
        { Repeated("first(", 8_000) + "[]" + Repeated(")", 8_000), "MaxNesting" },
        { Repeated("map(", 5_000) + "[]" + Repeated(", #)", 5_000), "MaxNesting" },
        { Repeated("a[", Deep) + "0" + Repeated("]", Deep), "MaxNesting" },
        { Repeated("1; let a = (", 2_000), "MaxNesting" },
        { string.Concat(Enumerable.Range(0, 3_000).Select(index => $"let a{index} = 1; ")) + "1", "MaxNesting" },
        { Repeated("1 + ", 15_000) + "1", "MaxChain" },
        { "a" + Repeated(".b", Deep), "MaxChain" },
        { "a" + Repeated("?.b", Deep), "MaxChain" },
        { "a" + Repeated("[0]", Deep), "MaxChain" },
        { "a" + Repeated(" | len()", 8_000), "MaxChain" },
        { "true" + Repeated(" and true", 7_000), "MaxChain" },
        { new string(' ', 70_000) + "1", "MaxLength" },
    };

    [Theory]
    [MemberData(nameof(TooDeep))]
    public void Too_deep_or_long_an_expression_is_refused_by_the_name_of_the_limit(string expression, string limit)
    {
        Assert.False(Expression.TryParse(expression, out _, out var error));
        Assert.Equal(limit, Assert.IsType<ExpressionLimitException>(error).Limit);
        Assert.InRange(error.Message.Length, 1, 400);
    }

    public static TheoryData<string, string> DeepEnough() => new()
    {
        { Repeated("(", 150) + "1" + Repeated(")", 150), "1" },
        { Repeated("-", 150) + "1", "1" },
        { Repeated("1 + ", 900) + "1", "901" },
        { "true" + Repeated(" and true", 900), "true" },
        { string.Concat(Enumerable.Range(0, 60).Select(index => $"let a{index} = 1; ")) + "1", "1" },
    };

    [Theory]
    [MemberData(nameof(DeepEnough))]
    public void What_people_write_is_taken_even_on_a_small_stack(string expression, string expected)
    {
        string? shown = null;
        var thread = new Thread(() => shown = Shown.Of(Expression.Parse(expression).Evaluate(ExpressionScope.Empty)), 512 * 1024);

        thread.Start();
        thread.Join();

        Assert.Equal(expected, shown);
    }

    [Fact]
    public void The_text_around_an_expression_may_be_long()
    {
        var text = new string('x', 200_000);

        Assert.Equal(text + "2", Template.Parse(text + "${{ 1 + 1 }}").Evaluate(ExpressionScope.Empty));
    }

    private static string Repeated(string part, int times) => string.Concat(Enumerable.Repeat(part, times));
}
