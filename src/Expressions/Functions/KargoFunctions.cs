using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>Those of Kargo's functions that need no world: quote, unsafeQuote, asJSON, asYAML, semverDiff, semverParse.</summary>
public static class KargoFunctions
{
    public static readonly IReadOnlyList<ExpressionFunction> All =
    [
        new("quote", 1, 1, (evaluation, arguments) => Quote(arguments[0], evaluation.Budget)),
        new("unsafeQuote", 1, 1, (evaluation, arguments) => Enclose(JsonText.Compact(arguments[0], evaluation.Budget))),
        new("asJSON", 1, 1, (evaluation, arguments) => Enclose(JsonText.Indented(arguments[0], evaluation.Budget) + "\n")),
        new("asYAML", 1, 1, (evaluation, arguments) => Enclose(YamlText.Of(arguments[0], evaluation.Budget))),
        new("semverDiff", 2, 2, (_, arguments) => SemverDiff(arguments)),
        new("semverParse", 1, 1, (_, arguments) =>
            SemanticVersion.TryParse(ValueKind.Text(arguments[0], "semverParse"))
                ?? throw new Fault("semverParse: the string is not a semantic version")),
    ];

    // The quotes tell the template that what they enclose is a string, whatever it looks like.
    private static string Quote(object? value, Budget budget) =>
        value is string text ? GoQuote.Of(budget.Produce(text)) : Enclose(JsonText.Compact(value, budget));

    private static string Enclose(string text) => $"\"{text}\"";

    private static string SemverDiff(object?[] arguments)
    {
        var left = SemanticVersion.TryParse(ValueKind.Text(arguments[0], "semverDiff"));
        var right = SemanticVersion.TryParse(ValueKind.Text(arguments[1], "semverDiff"));

        return left is null || right is null ? "Incomparable"
            : left.Major != right.Major ? "Major"
            : left.Minor != right.Minor ? "Minor"
            : left.Patch != right.Patch ? "Patch"
            : left.Metadata != right.Metadata ? "Metadata"
            : "None";
    }
}
