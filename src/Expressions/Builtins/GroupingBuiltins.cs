using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that bring all elements together: sums, folds, groups, orders.</summary>
internal static class GroupingBuiltins
{
    public static readonly PredicateBuiltin[] All =
    [
        new("sum", NeedsPredicate: false, TakesExtra: false, Sum),
        new("reduce", NeedsPredicate: true, TakesExtra: true, Reduce),
        new("groupBy", NeedsPredicate: true, TakesExtra: false, GroupBy),
        new("sortBy", NeedsPredicate: true, TakesExtra: true, SortBy),
    ];

    private static object Sum(PredicateCall call)
    {
        var total = Boxed.Of(0L);
        for (var index = 0; index < call.Elements.Count; index++)
        {
            total = Arithmetic.Add(call.Evaluate(index), total, call.Budget);
        }

        return total;
    }

    private static object? Reduce(PredicateCall call)
    {
        if (!call.HasExtra && call.Elements.Count == 0)
        {
            throw new Fault("reduce of empty array with no initial value");
        }

        var accumulator = call.HasExtra ? call.Extra : call.Elements[0];
        for (var index = call.HasExtra ? 0 : 1; index < call.Elements.Count; index++)
        {
            accumulator = call.Fold(index, accumulator);
        }

        return accumulator;
    }

    private static KeyedMap GroupBy(PredicateCall call)
    {
        call.Budget.Elements(call.Elements.Count);
        var groups = new KeyedMap(new ValueComparer(call.Budget));
        for (var index = 0; index < call.Elements.Count; index++)
        {
            var key = call.Evaluate(index);
            if (key is IReadOnlyList<object?> or IReadOnlyDictionary<string, object?>)
            {
                throw new Fault($"groupBy: a {ValueKind.Name(key)} cannot be a key");
            }

            if (!groups.TryGet(key, out var group))
            {
                groups.Set(key, group = new List<object?>());
            }

            ((List<object?>)group!).Add(call.Elements[index]);
        }

        return groups;
    }

    private static object?[] SortBy(PredicateCall call)
    {
        var isDescending = call.HasExtra && ArrayBuiltins.IsDescending(call.Extra, "sortBy");
        call.Budget.Elements(call.Elements.Count);
        var elements = call.Elements.ToArray();
        var keys = new object?[elements.Length];
        for (var index = 0; index < keys.Length; index++)
        {
            keys[index] = call.Evaluate(index);
        }

        return ArrayBuiltins.SortedBy(elements, keys, isDescending, call.Budget);
    }
}
