using System.Text;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that look into strings and take them apart.</summary>
internal static class SearchBuiltins
{
    public static readonly Builtin[] All =
    [
        new("indexOf", 2, 2, (evaluation, arguments) => IndexOf(evaluation, arguments, fromEnd: false)),
        new("lastIndexOf", 2, 2, (evaluation, arguments) => IndexOf(evaluation, arguments, fromEnd: true)),
        new("hasPrefix", 2, 2, (evaluation, arguments) =>
        {
            var (text, part) = Texts(evaluation, arguments, "hasPrefix");

            return Boxed.Of(text.StartsWith(part, StringComparison.Ordinal));
        }),
        new("hasSuffix", 2, 2, (evaluation, arguments) =>
        {
            var (text, part) = Texts(evaluation, arguments, "hasSuffix");

            return Boxed.Of(text.EndsWith(part, StringComparison.Ordinal));
        }),
        new("split", 2, 3, (evaluation, arguments) => Split(evaluation, arguments, "split", keepsDelimiter: false)),
        new("splitAfter", 2, 3, (evaluation, arguments) => Split(evaluation, arguments, "splitAfter", keepsDelimiter: true)),
    ];

    private static (string Text, string Part) Texts(Evaluation evaluation, object?[] arguments, string name)
    {
        var (text, part) = (ValueKind.Text(arguments[0], name), ValueKind.Text(arguments[1], name));
        evaluation.Budget.Search(text, part);

        return (text, part);
    }

    private static object IndexOf(Evaluation evaluation, object?[] arguments, bool fromEnd)
    {
        var (text, part) = Texts(evaluation, arguments, fromEnd ? "lastIndexOf" : "indexOf");
        var unit = fromEnd
            ? text.LastIndexOf(part, StringComparison.Ordinal)
            : text.IndexOf(part, StringComparison.Ordinal);

        return Boxed.Of(CodePoints.IndexOfUnit(text, unit));
    }

    private static object?[] Split(Evaluation evaluation, object?[] arguments, string name, bool keepsDelimiter)
    {
        var (text, delimiter) = Texts(evaluation, arguments, name);
        var most = arguments.Length > 2 ? Number.ToInteger(arguments[2], name) : -1;
        if (most == 0)
        {
            return [];
        }

        evaluation.Budget.Characters(text.Length);
        var parts = new List<object?>();
        var from = 0;
        while (parts.Count + 1 != most && End(text, delimiter, from) is var end and >= 0)
        {
            evaluation.Budget.Elements(1);
            parts.Add(text[from..(keepsDelimiter ? end + delimiter.Length : end)]);
            from = end + delimiter.Length;
        }

        // Split at nothing, a string is all its characters, and none is left over.
        if (delimiter.Length > 0 || from < text.Length)
        {
            evaluation.Budget.Elements(1);
            parts.Add(text[from..]);
        }

        return [.. parts];
    }

    private static int End(string text, string delimiter, int from)
    {
        if (delimiter.Length > 0)
        {
            return text.IndexOf(delimiter, from, StringComparison.Ordinal);
        }

        if (from == text.Length)
        {
            return -1;
        }

        Rune.DecodeFromUtf16(text.AsSpan(from), out _, out var length);

        return from + length;
    }
}
