using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>The language's equality for hashing, paid for from an evaluation's budget.</summary>
internal sealed class ValueComparer(Budget budget) : IEqualityComparer<object?>
{
    public Budget Budget => budget;

    public new bool Equals(object? left, object? right) => Equality.AreEqual(left, right, budget);

    public int GetHashCode(object? value)
    {
        budget.Step();

        return value switch
        {
            null => 0,
            long number => ((double)number).GetHashCode(),
            NamedNumber named => ((double)named.Value).GetHashCode(),
            double number => number.GetHashCode(),
            string text => text.GetHashCode(StringComparison.Ordinal),
            DateTimeOffset date => date.UtcTicks.GetHashCode(),
            IReadOnlyDictionary<string, object?> map => map.Count,
            IReadOnlyList<object?> array => array.Count,
            _ => value.GetHashCode(),
        };
    }
}
