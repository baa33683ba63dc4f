using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions of maps, and of maps and arrays alike.</summary>
internal static class MapBuiltins
{
    public static readonly Builtin[] All =
    [
        new("keys", 1, 1, (evaluation, arguments) => Pick(evaluation, arguments[0], "keys", entry => entry.Key)),
        new("values", 1, 1, (evaluation, arguments) => Pick(evaluation, arguments[0], "values", entry => entry.Value)),
        new("toPairs", 1, 1, (evaluation, arguments) =>
            Pick(evaluation, arguments[0], "toPairs", entry => new[] { entry.Key, entry.Value })),
        new("fromPairs", 1, 1, FromPairs),
        new("len", 1, 1, (evaluation, arguments) => Boxed.Of((long)Length(arguments[0], evaluation.Budget))),
        new("get", 2, 2, (_, arguments) => Get(arguments[0], arguments[1])),
    ];

    private static object?[] Pick(
        Evaluation evaluation,
        object? value,
        string name,
        Func<KeyValuePair<object?, object?>, object?> pick)
    {
        var map = value as IReadOnlyDictionary<string, object?>
            ?? throw new Fault($"{name}: expected a map, got {ValueKind.Name(value)}");
        evaluation.Budget.Elements(map.Count);

        return [.. Maps.Entries(map).Select(pick)];
    }

    private static KeyedMap FromPairs(Evaluation evaluation, object?[] arguments)
    {
        var pairs = ValueKind.Array(arguments[0], "fromPairs");
        evaluation.Budget.Elements(pairs.Count);
        var map = new KeyedMap(new ValueComparer(evaluation.Budget));
        for (var index = 0; index < pairs.Count; index++)
        {
            if (pairs[index] is not IReadOnlyList<object?> { Count: 2 } pair)
            {
                throw new Fault($"fromPairs: expected pairs, element {index} is none");
            }

            map.Set(pair[0], pair[1]);
        }

        return map;
    }

    private static int Length(object? value, Budget budget) => value switch
    {
        string text => CodePoints.Count(text, budget),
        IReadOnlyDictionary<string, object?> map => map.Count,
        IReadOnlyList<object?> array => array.Count,
        _ => throw new Fault($"len: expected an array, a map or a string, got {ValueKind.Name(value)}"),
    };

    private static object? Get(object? target, object? key)
    {
        switch (target)
        {
            case null:
                return null;
            case IReadOnlyDictionary<string, object?> map:
                return Maps.TryGet(map, key, out var value) ? value : null;
            case IReadOnlyList<object?> array:
                var index = Number.ToInteger(key, "get");
                index = index < 0 ? array.Count + index : index;
                return index >= 0 && index < array.Count ? array[(int)index] : null;
            default:
                throw new Fault($"get: expected an array or a map, got {ValueKind.Name(target)}");
        }
    }
}
