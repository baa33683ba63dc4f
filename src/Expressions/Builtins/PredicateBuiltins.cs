using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that ask a predicate about elements and answer about them or keep some.</summary>
internal static class PredicateBuiltins
{
    public static readonly PredicateBuiltin[] All =
    [
        Of("all", call => Boxed.Of(FirstWhere(call, false) < 0)),
        Of("none", call => Boxed.Of(FirstWhere(call, true) < 0)),
        Of("any", call => Boxed.Of(FirstWhere(call, true) >= 0)),
        Of("one", call => Boxed.Of(Count(call) == 1)),
        Of("filter", Filter),
        Of("map", Map),
        Of("find", call => Element(call, FirstWhere(call, true))),
        Of("findIndex", call => Index(FirstWhere(call, true))),
        Of("findLast", call => Element(call, LastWhere(call))),
        Of("findLastIndex", call => Index(LastWhere(call))),
        new("count", NeedsPredicate: false, TakesExtra: false, call => Boxed.Of((long)Count(call))),
    ];

    private static PredicateBuiltin Of(string name, Func<PredicateCall, object?> body) =>
        new(name, NeedsPredicate: true, TakesExtra: false, body);

    private static int FirstWhere(PredicateCall call, bool wanted)
    {
        for (var index = 0; index < call.Elements.Count; index++)
        {
            if (call.Holds(index) == wanted)
            {
                return index;
            }
        }

        return -1;
    }

    private static int LastWhere(PredicateCall call)
    {
        for (var index = call.Elements.Count - 1; index >= 0; index--)
        {
            if (call.Holds(index))
            {
                return index;
            }
        }

        return -1;
    }

    private static int Count(PredicateCall call)
    {
        var count = 0;
        for (var index = 0; index < call.Elements.Count; index++)
        {
            count += call.Holds(index) ? 1 : 0;
        }

        return count;
    }

    private static object? Element(PredicateCall call, int index) => index < 0 ? null : call.Elements[index];

    private static object? Index(int index) => index < 0 ? null : Boxed.Of((long)index);

    private static object?[] Filter(PredicateCall call)
    {
        var kept = new List<object?>();
        for (var index = 0; index < call.Elements.Count; index++)
        {
            if (call.Holds(index))
            {
                call.Budget.Elements(1);
                kept.Add(call.Elements[index]);
            }
        }

        return [.. kept];
    }

    private static object?[] Map(PredicateCall call)
    {
        call.Budget.Elements(call.Elements.Count);
        var mapped = new object?[call.Elements.Count];
        for (var index = 0; index < mapped.Length; index++)
        {
            mapped[index] = call.Evaluate(index);
        }

        return mapped;
    }
}
