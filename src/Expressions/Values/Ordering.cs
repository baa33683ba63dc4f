using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>The order of values of one kind: numbers, strings by code point, dates, durations.</summary>
internal static class Ordering
{
    /// <summary>Negative, zero or positive; null for a float that is not a number; a fault for kinds that have no order.</summary>
    public static int? Compare(object? left, object? right, string operation, Budget budget)
    {
        if (Number.TryGet(left, out var a) && Number.TryGet(right, out var b))
        {
            return a.CompareTo(b);
        }

        return (left, right) switch
        {
            (string first, string second) => CompareTexts(first, second, budget),
            (DateTimeOffset first, DateTimeOffset second) => first.CompareTo(second),
            (TimeSpan first, TimeSpan second) => first.CompareTo(second),
            _ => throw new Fault($"invalid operation: {ValueKind.Name(left)} {operation} {ValueKind.Name(right)}"),
        };
    }

    /// <summary>An order that even floats that are not numbers have a place in, the first.</summary>
    public static int CompareForSorting(object? left, object? right, Budget budget)
    {
        budget.Step();

        return Compare(left, right, "<", budget)
            ?? Number.ToReal(left, "sort").CompareTo(Number.ToReal(right, "sort"));
    }

    private static int CompareTexts(string left, string right, Budget budget)
    {
        budget.Scan(left.Length < right.Length ? left : right);

        return CodePointComparer.Instance.Compare(left, right);
    }
}
