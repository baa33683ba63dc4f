using System.Text;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that make strings from strings.</summary>
internal static class StringBuiltins
{
    private const long MostRepeats = 1_000_000;

    public static readonly Builtin[] All =
    [
        new("trim", 1, 2, (evaluation, arguments) => evaluation.Budget.Produce(Trim(arguments))),
        new("trimPrefix", 1, 2, TrimPrefix),
        new("trimSuffix", 1, 2, TrimSuffix),
        new("upper", 1, 1, (evaluation, arguments) => evaluation.Budget.Produce(Text(arguments, 0, "upper").ToUpperInvariant())),
        new("lower", 1, 1, (evaluation, arguments) => evaluation.Budget.Produce(Text(arguments, 0, "lower").ToLowerInvariant())),
        new("repeat", 2, 2, Repeat),
        new("replace", 3, 4, Replace),
        new("join", 1, 2, Join),
    ];

    private static string Text(object?[] arguments, int index, string name) => ValueKind.Text(arguments[index], name);

    private static string Trim(object?[] arguments)
    {
        var text = Text(arguments, 0, "trim");

        if (arguments.Length == 1)
        {
            return text.Trim();
        }

        // .NET takes an empty set for white space, the language for nothing.
        var characters = Text(arguments, 1, "trim").ToCharArray();

        return characters.Length == 0 ? text : text.Trim(characters);
    }

    private static string TrimPrefix(Evaluation evaluation, object?[] arguments)
    {
        var text = Text(arguments, 0, "trimPrefix");
        var prefix = arguments.Length > 1 ? Text(arguments, 1, "trimPrefix") : " ";

        return evaluation.Budget.Produce(text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text);
    }

    private static string TrimSuffix(Evaluation evaluation, object?[] arguments)
    {
        var text = Text(arguments, 0, "trimSuffix");
        var suffix = arguments.Length > 1 ? Text(arguments, 1, "trimSuffix") : " ";

        return evaluation.Budget.Produce(text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text);
    }

    private static string Repeat(Evaluation evaluation, object?[] arguments)
    {
        var text = Text(arguments, 0, "repeat");
        var times = Number.ToInteger(arguments[1], "repeat");
        if (times < 0)
        {
            throw new Fault($"repeat: expected a number of times from 0, got {times}");
        }

        evaluation.Budget.Characters(times > MostRepeats ? long.MaxValue / 2 : text.Length * times);

        return new StringBuilder().Insert(0, text, (int)times).ToString();
    }

    private static string Replace(Evaluation evaluation, object?[] arguments)
    {
        var text = Text(arguments, 0, "replace");
        var old = Text(arguments, 1, "replace");
        var with = Text(arguments, 2, "replace");
        var most = arguments.Length > 3 ? Number.ToInteger(arguments[3], "replace") : -1;
        evaluation.Budget.Search(text, old);
        var builder = new StringBuilder();
        var from = 0;
        for (var next = First(text, old); next >= 0 && most != 0; most--)
        {
            builder.Append(text, from, next - from).Append(with);
            evaluation.Budget.EnsureCharacters(builder.Length);
            from = next + old.Length;
            next = Following(text, old, next);
        }

        return evaluation.Budget.Produce(builder.Append(text, from, text.Length - from).ToString());
    }

    private static int First(string text, string old) => text.IndexOf(old, StringComparison.Ordinal);

    // Nothing is found before every character and at the end.
    private static int Following(string text, string old, int found)
    {
        if (old.Length > 0)
        {
            return text.IndexOf(old, found + old.Length, StringComparison.Ordinal);
        }

        return found == text.Length ? -1 : found + (found + 1 < text.Length && char.IsSurrogatePair(text, found) ? 2 : 1);
    }

    private static string Join(Evaluation evaluation, object?[] arguments)
    {
        var array = ValueKind.Array(arguments[0], "join");
        var glue = arguments.Length > 1 ? Text(arguments, 1, "join") : "";
        var builder = new StringBuilder();
        for (var index = 0; index < array.Count; index++)
        {
            evaluation.Budget.Step();
            var text = array[index] as string
                ?? throw new Fault($"join: expected strings, element {index} is {ValueKind.Name(array[index])}");
            builder.Append(index > 0 ? glue : "").Append(text);
            evaluation.Budget.EnsureCharacters(builder.Length);
        }

        return evaluation.Budget.Produce(builder.ToString());
    }
}
