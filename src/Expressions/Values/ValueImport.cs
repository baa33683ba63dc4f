using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Takes .NET values into the language, copying only what is not already one of its values.</summary>
internal static class ValueImport
{
    public static object? Import(object? value, Budget? budget, int depth = 0)
    {
        budget?.Step();
        if (depth > ParseLimits.MaxValueDepth)
        {
            throw new ExpressionFunctionException(
                $"the value nests deeper than {ParseLimits.MaxValueDepth} arrays and maps (MaxValueDepth)");
        }

        return value switch
        {
            null or bool or long or double or string or DateTimeOffset or TimeSpan => value,
            NamedNumber or TimeZoneInfo or SemanticVersion or ByteArray or IntegerRange or KeyedMap => value,
            ExpressionFunction or ExpressionRecord or ExpressionTexts => value,
            IReadOnlyDictionary<string, object?> map => ImportMap(map, budget, depth),
            IReadOnlyList<object?> array => ImportArray(array, budget, depth),
            _ => Number(value) ?? ImportOther(value, budget, depth),
        };
    }

    private static object? Number(object value) => value switch
    {
        int or short or sbyte or byte or ushort or uint =>
            Boxed.Of(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        ulong large => large <= long.MaxValue ? Boxed.Of((long)large) : (double)large,
        float single => (double)single,
        decimal exact => (double)exact,
        _ => null,
    };

    private static object? ImportOther(object value, Budget? budget, int depth) => value switch
    {
        JsonElement element => JsonImport.Read(element, depth),
        JsonNode node => JsonImport.Read(node, depth),
        DateTime { Kind: DateTimeKind.Utc } date => new DateTimeOffset(date),
        IDictionary map => ImportMap(StringKeyed(map), budget, depth),
        IEnumerable<KeyValuePair<string, string>> map =>
            map.ToDictionary(entry => entry.Key, object? (entry) => entry.Value, StringComparer.Ordinal),
        IEnumerable sequence => ImportArray(sequence.Cast<object?>().ToArray(), budget, depth),
        _ => throw new ExpressionFunctionException($"a {value.GetType().Name} is not a value of expressions"),
    };

    private static Dictionary<string, object?> StringKeyed(IDictionary map)
    {
        var copy = new Dictionary<string, object?>(map.Count, StringComparer.Ordinal);
        foreach (DictionaryEntry entry in map)
        {
            copy[entry.Key as string ?? throw new ExpressionFunctionException("the keys of a map must be strings")] = entry.Value;
        }

        return copy;
    }

    private static IReadOnlyList<object?> ImportArray(IReadOnlyList<object?> array, Budget? budget, int depth)
    {
        object?[]? copy = null;
        for (var index = 0; index < array.Count; index++)
        {
            var imported = Import(array[index], budget, depth + 1);
            if (copy is null && !ReferenceEquals(imported, array[index]))
            {
                copy = [.. array];
            }

            copy?[index] = imported;
        }

        return copy ?? array;
    }

    private static IReadOnlyDictionary<string, object?> ImportMap(
        IReadOnlyDictionary<string, object?> map,
        Budget? budget,
        int depth)
    {
        Dictionary<string, object?>? copy = null;
        foreach (var (key, value) in map)
        {
            var imported = Import(value, budget, depth + 1);
            if (!ReferenceEquals(imported, value))
            {
                copy ??= new(map, StringComparer.Ordinal);
                copy[key] = imported;
            }
        }

        return copy ?? map;
    }
}
