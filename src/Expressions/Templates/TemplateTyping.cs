using System.Text.Json;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Templates;

/// <summary>Kargo's rules for what the text of an evaluated template is a value of.</summary>
internal static class TemplateTyping
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = ParseLimits.MaxValueDepth };

    public static object? Read(string text, Budget budget)
    {
        budget.Scan(text);

        // YAML's | leaves a newline at the end that is no part of the value, but of a string.
        var hasNewline = text.EndsWith('\n');
        var trimmed = hasNewline ? text[..^1] : text;
        if (trimmed.Length > 1 && trimmed[0] == '"' && trimmed[^1] == '"')
        {
            return hasNewline ? $"{trimmed[1..^1]}\n" : trimmed[1..^1];
        }

        if ((TryNumber(trimmed) ?? TryBool(trimmed)) is { } scalar)
        {
            return scalar;
        }

        return TryJson(trimmed, budget) is (true, var value) ? value : text;
    }

    // Kargo makes every number a float; an integer that fits stays one here, which JSON writes the same and exactly.
    private static object? TryNumber(string text)
    {
        if (FloatReader.TryRead(text) is not { } real || !double.IsFinite(real))
        {
            // JSON has no infinity and no NaN: in Kargo a branch named inf fails the step, here it stays a string.
            return null;
        }

        return long.TryParse(
            text,
            System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture,
            out var integer) ? Boxed.Of(integer) : real;
    }

    private static object? TryBool(string text) => text switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => Boxed.True,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => Boxed.False,
        _ => null,
    };

    private static (bool IsJson, object? Value) TryJson(string text, Budget budget)
    {
        if (!CanStartJson(text))
        {
            return (false, null);
        }

        budget.Steps(text.Length / 4);
        try
        {
            using var document = JsonDocument.Parse(text, Options);

            return (true, JsonImport.Read(document.RootElement, 0));
        }
        catch (Exception failure) when (failure is JsonException or ExpressionFunctionException)
        {
            return (false, null);
        }
    }

    // Most texts are no JSON, and to find that out by an exception is dear.
    private static bool CanStartJson(string text)
    {
        var start = text.AsSpan().TrimStart(" \t\r\n");

        return !start.IsEmpty && (start[0] is '{' or '[' or '"' or '-' || char.IsAsciiDigit(start[0])
            || start.StartsWith("null") || start.StartsWith("true") || start.StartsWith("false"));
    }
}
