using System.Numerics;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions that make arrays from arrays, and that pick elements.</summary>
internal static class ArrayBuiltins
{
    public static readonly Builtin[] All =
    [
        new("first", 1, 1, (_, arguments) => End(arguments[0], "first", array => array[0])),
        new("last", 1, 1, (_, arguments) => End(arguments[0], "last", array => array[^1])),
        new("take", 2, 2, Take),
        new("reverse", 1, 1, Reverse),
        new("concat", 1, int.MaxValue, Concat),
        new("flatten", 1, 1, Flatten),
        new("uniq", 1, 1, Uniq),
        new("sort", 1, 2, Sort),
    ];

    /// <summary>What sorting so many elements costs at most, about.</summary>
    public static long SortingSteps(int count) => (long)count * BitOperations.Log2((uint)Math.Max(count, 1));

    /// <summary>Whether an order argument asks for descending order.</summary>
    public static bool IsDescending(object? order, string name) => order switch
    {
        "asc" => false,
        "desc" => true,
        string => throw new Fault($"{name}: unknown order, use asc or desc"),
        _ => throw new Fault($"{name}: expected the order as a string, got {ValueKind.Name(order)}"),
    };

    private static object? End(object? value, string name, Func<IReadOnlyList<object?>, object?> pick)
    {
        if (value is null)
        {
            return null;
        }

        var array = ValueKind.Array(value, name);

        return array.Count == 0 ? null : pick(array);
    }

    private static object?[] Take(Evaluation evaluation, object?[] arguments)
    {
        var array = ValueKind.Array(arguments[0], "take");
        var count = Number.ToInteger(arguments[1], "take");

        return count >= 0
            ? Lists.Slice(array, 0, (int)Math.Min(count, array.Count), evaluation.Budget)
            : throw new Fault($"take: expected a number of elements from 0, got {count}");
    }

    private static object?[] Reverse(Evaluation evaluation, object?[] arguments)
    {
        var copy = Copy(arguments[0], "reverse", evaluation.Budget);
        Array.Reverse(copy);

        return copy;
    }

    private static object?[] Concat(Evaluation evaluation, object?[] arguments)
    {
        var all = new List<object?>();
        foreach (var argument in arguments)
        {
            all.AddRange(Copy(argument, "concat", evaluation.Budget));
        }

        return [.. all];
    }

    private static object?[] Flatten(Evaluation evaluation, object?[] arguments)
    {
        var flat = new List<object?>();
        Flatten(ValueKind.Array(arguments[0], "flatten"), flat, evaluation.Budget, 0);

        return [.. flat];
    }

    private static void Flatten(IReadOnlyList<object?> array, List<object?> flat, Budget budget, int depth)
    {
        var inner = Depth.Next(depth);
        foreach (var value in array)
        {
            budget.Step();
            if (value is IReadOnlyList<object?> nested)
            {
                Flatten(nested, flat, budget, inner);
            }
            else
            {
                budget.Elements(1);
                flat.Add(value);
            }
        }
    }

    private static object?[] Uniq(Evaluation evaluation, object?[] arguments)
    {
        var seen = new HashSet<object?>(new ValueComparer(evaluation.Budget));
        var unique = Copy(arguments[0], "uniq", evaluation.Budget).Where(seen.Add);

        return [.. unique];
    }

    private static object?[] Sort(Evaluation evaluation, object?[] arguments)
    {
        var isDescending = arguments.Length > 1 && IsDescending(arguments[1], "sort");
        var copy = Copy(arguments[0], "sort", evaluation.Budget);

        return SortedBy(copy, copy, isDescending, evaluation.Budget);
    }

    /// <summary>Elements in the order of their keys; those with equal keys stay in the order they had.</summary>
    public static object?[] SortedBy(object?[] elements, object?[] keys, bool isDescending, Budget budget)
    {
        var order = Comparer<object?>.Create((left, right) => Ordering.CompareForSorting(left, right, budget));
        var indexes = Enumerable.Range(0, elements.Length);
        var sorted = isDescending
            ? indexes.OrderByDescending(index => keys[index], order)
            : indexes.OrderBy(index => keys[index], order);

        try
        {
            return [.. sorted.Select(index => elements[index])];
        }
        catch (InvalidOperationException failure) when (failure.InnerException is Fault fault)
        {
            // What a comparer throws, sorting wraps.
            throw fault;
        }
    }

    private static object?[] Copy(object? value, string name, Budget budget)
    {
        var array = ValueKind.Array(value, name);

        return Lists.Slice(array, 0, array.Count, budget);
    }
}
