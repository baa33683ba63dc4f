using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Hands a result out of the language: only the kinds of values its surface promises, as a tree of bounded size.</summary>
internal static class ValueExport
{
    public static object? Export(object? value, Budget budget, int depth = 0)
    {
        budget.Step();

        return value switch
        {
            NamedNumber named => Boxed.Of(named.Value),
            TimeZoneInfo zone => zone.Id,
            SemanticVersion version => version.ToString(),
            ExpressionFunction function => throw new Fault($"{function.Name} is a function; call it as {function.Name}(...)"),
            ByteArray or IntegerRange => Bounded((IReadOnlyList<object?>)value, budget),
            IReadOnlyDictionary<string, object?> map => ExportMap(map, budget, Depth.Next(depth)),
            IReadOnlyList<object?> array => ExportArray(array, budget, Depth.Next(depth)),
            _ => value,
        };
    }

    private static IReadOnlyList<object?> Bounded(IReadOnlyList<object?> array, Budget budget)
    {
        budget.Steps(array.Count);

        return array;
    }

    private static IReadOnlyList<object?> ExportArray(IReadOnlyList<object?> array, Budget budget, int depth)
    {
        object?[]? copy = null;
        for (var index = 0; index < array.Count; index++)
        {
            var exported = Export(array[index], budget, depth);
            if (copy is null && !ReferenceEquals(exported, array[index]))
            {
                copy = [.. array];
            }

            copy?[index] = exported;
        }

        return copy ?? array;
    }

    private static IReadOnlyDictionary<string, object?> ExportMap(
        IReadOnlyDictionary<string, object?> map,
        Budget budget,
        int depth)
    {
        var copy = map is KeyedMap or EnvironmentMap ? new Dictionary<string, object?>(StringComparer.Ordinal) : null;
        foreach (var (key, value) in map)
        {
            var exported = Export(value, budget, depth);
            if (copy is null && !ReferenceEquals(exported, value))
            {
                copy = new(map, StringComparer.Ordinal);
            }

            copy?[key] = exported;
        }

        return copy ?? map;
    }
}
