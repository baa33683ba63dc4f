using System.Text.Json;

namespace Waybill.Expressions.Tests.Language;

/// <summary>The variables and functions that expressions in these tests see.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2024, 2, 29, 12, 30, 45, 123, TimeSpan.Zero);

    public static readonly ExpressionScope Scope = new ExpressionScope.Builder()
        .Variable("zero", 0)
        .Variable("one", 1)
        .Variable("two", 2L)
        .Variable("half", 0.5)
        .Variable("yes", true)
        .Variable("text", "string")
        .Variable("nothing", null)
        .Variable("numbers", new[] { 1, 2, 3, 4, 5 })
        .Variable("user", JsonDocument.Parse("""
            {"Name": "Ann", "Age": 30, "Tags": ["a", "b"], "Address": {"City": "Bern"}, "Manager": null, "in": 1}
            """).RootElement)
        .Variable("users", JsonDocument.Parse("""
            [{"Name": "Ann", "Age": 30}, {"Name": "Bob", "Age": 25}, {"Name": "Cid", "Age": 30}]
            """).RootElement)
        .Variable("var with spaces", 7)
        .Variable("day", new DateTimeOffset(2017, 10, 23, 18, 30, 0, TimeSpan.Zero))
        .Variable("space", new Dictionary<string, object?>
        {
            ["double"] = new ExpressionFunction("double", 1, 1, arguments => (long)arguments[0]! * 2),
        })
        .Variable("commit", new ExpressionRecord("commit", [new("ID", "abc123"), new("Tag", "v1.0.0")]))
        .Function("add", 2, 2, arguments => (long)arguments[0]! + (long)arguments[1]!)
        .Function("fails", 0, 0, _ => throw new ExpressionFunctionException("no luck"))
        .Functions(KargoFunctions.All)
        .Build();

    public static object? Evaluate(string text) =>
        Expression.Parse(text).Evaluate(Scope, new EvaluationOptions { Now = Now });

    public static string Show(string text) => Shown.Of(Evaluate(text));
}
