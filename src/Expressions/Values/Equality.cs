using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>The <c>==</c> of the language: numbers by value whatever their kind, collections by their elements.</summary>
internal static class Equality
{
    public static bool AreEqual(object? left, object? right, Budget budget, int depth = 0)
    {
        budget.Step();
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        return (left, right) switch
        {
            (string a, string b) => TextsEqual(a, b, budget),
            (long a, long b) => a == b,
            (bool a, bool b) => a == b,
            (DateTimeOffset a, DateTimeOffset b) => a == b,
            (TimeSpan a, TimeSpan b) => a == b,
            (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) =>
                MapsEqual(a, b, budget, Depth.Next(depth)),
            (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => ArraysEqual(a, b, budget, Depth.Next(depth)),
            _ when Number.TryGet(left, out var a) && Number.TryGet(right, out var b) => a.IsEqualTo(b),
            _ => left.Equals(right),
        };
    }

    private static bool TextsEqual(string left, string right, Budget budget)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        budget.Scan(left);

        return string.Equals(left, right, StringComparison.Ordinal);
    }

    private static bool ArraysEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, Budget budget, int depth)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var index = 0; index < left.Count; index++)
        {
            if (!AreEqual(left[index], right[index], budget, depth))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapsEqual(
        IReadOnlyDictionary<string, object?> left,
        IReadOnlyDictionary<string, object?> right,
        Budget budget,
        int depth)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        if (left is KeyedMap || right is KeyedMap)
        {
            return Maps.Entries(left).All(entry =>
                Maps.TryGet(right, entry.Key, out var other) && AreEqual(entry.Value, other, budget, depth));
        }

        foreach (var (key, value) in left)
        {
            if (!right.TryGetValue(key, out var other) || !AreEqual(value, other, budget, depth))
            {
                return false;
            }
        }

        return true;
    }
}
