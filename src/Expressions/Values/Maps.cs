namespace Waybill.Expressions.Values;

/// <summary>Reads maps by keys of any kind, whether they hold text keys or the keys groupBy made.</summary>
internal static class Maps
{
    public static bool TryGet(IReadOnlyDictionary<string, object?> map, object? key, out object? value)
    {
        if (map is KeyedMap keyed)
        {
            return keyed.TryGet(key, out value);
        }

        if (key is string name)
        {
            return map.TryGetValue(name, out value);
        }

        value = null;

        return key is null
            ? false
            : throw new Fault($"cannot use {ValueKind.Name(key)} as the key of a map, its keys are strings");
    }

    public static IEnumerable<KeyValuePair<object?, object?>> Entries(IReadOnlyDictionary<string, object?> map) =>
        map is KeyedMap keyed
            ? keyed.Pairs
            : map.Select(entry => KeyValuePair.Create<object?, object?>(entry.Key, entry.Value));
}
