using System.Text.Json;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions between values and JSON.</summary>
internal static class JsonBuiltins
{
    // Parsing costs about as much a character as a step does.
    private const int CharactersPerStep = 4;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ParseLimits.MaxValueDepth };

    public static readonly Builtin[] All =
    [
        new("toJSON", 1, 1, (evaluation, arguments) => JsonText.Indented(arguments[0], evaluation.Budget)),
        new("fromJSON", 1, 1, (evaluation, arguments) =>
            Parse(ValueKind.Text(arguments[0], "fromJSON"), evaluation.Budget)),
    ];

    private static object? Parse(string json, Budget budget)
    {
        budget.Steps(json.Length / CharactersPerStep);
        budget.Characters(json.Length);
        try
        {
            using var document = JsonDocument.Parse(json, Options);

            return JsonImport.Read(document.RootElement, 0);
        }
        catch (JsonException failure)
        {
            // The reader's own message quotes the text, which may hold a secret.
            var (line, column) = (failure.LineNumber + 1, failure.BytePositionInLine + 1);
            throw new Fault($"fromJSON: the string is not JSON (at its line {line}, column {column})");
        }
        catch (ExpressionFunctionException failure)
        {
            throw new Fault($"fromJSON: {failure.Message}", cause: failure);
        }
    }
}
