namespace Waybill.Domain;

/// <summary>Copies of small dictionaries with entries changed: what records need to stay immutable.</summary>
public static class ImmutableMaps
{
    public static IReadOnlyDictionary<string, T> With<T>(this IReadOnlyDictionary<string, T> map, string key, T value) =>
        new Dictionary<string, T>(map) { [key] = value };

    public static IReadOnlyDictionary<string, T> With<T>(this IReadOnlyDictionary<string, T> map, IEnumerable<KeyValuePair<string, T>> entries)
    {
        var copy = new Dictionary<string, T>(map);
        foreach (var (key, value) in entries)
        {
            copy[key] = value;
        }

        return copy;
    }

    public static IReadOnlyDictionary<string, T> Without<T>(this IReadOnlyDictionary<string, T> map, string key)
    {
        var copy = new Dictionary<string, T>(map);
        copy.Remove(key);
        return copy;
    }
}
