using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Arrays made from arrays.</summary>
internal static class Lists
{
    public static object?[] Slice(IReadOnlyList<object?> array, int from, int to, Budget budget)
    {
        budget.Elements(to - from);
        var slice = new object?[to - from];
        for (var index = from; index < to; index++)
        {
            slice[index - from] = array[index];
        }

        return slice;
    }

    public static int IndexOf(IReadOnlyList<object?> array, object? needle, Budget budget)
    {
        for (var index = 0; index < array.Count; index++)
        {
            if (Equality.AreEqual(array[index], needle, budget))
            {
                return index;
            }
        }

        return -1;
    }
}
