using System.Collections;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>The array that <c>from..to</c> makes, without storing its elements.</summary>
internal sealed class IntegerRange(long from, int count) : IReadOnlyList<object?>
{
    public int Count => count;

    public object? this[int index] =>
        (uint)index < (uint)count ? Boxed.Of(from + index) : throw new ArgumentOutOfRangeException(nameof(index));

    public static IntegerRange Between(long from, long to, Budget budget)
    {
        if (from > to)
        {
            return new IntegerRange(from, 0);
        }

        var count = (Int128)to - from + 1;
        budget.Elements(count > long.MaxValue / 2 ? long.MaxValue / 2 : (long)count);

        return new IntegerRange(from, (int)count);
    }

    public IEnumerator<object?> GetEnumerator()
    {
        for (var index = 0; index < count; index++)
        {
            yield return Boxed.Of(from + index);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
