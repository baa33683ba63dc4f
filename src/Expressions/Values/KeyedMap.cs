using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions.Values;

/// <summary>A map whose keys are values of any kind, as groupBy and fromPairs make; outside it shows the keys as text.</summary>
internal sealed class KeyedMap(ValueComparer comparer) : IReadOnlyDictionary<string, object?>
{
    // A dictionary has no null key, and nil is a key that groupBy makes.
    private static readonly object NilKey = new();

    private readonly Dictionary<object, object?> _entries = new(comparer);

    public int Count => _entries.Count;

    public IEnumerable<object?> ValueKeys => _entries.Keys.Select(FromKey);

    public IEnumerable<KeyValuePair<object?, object?>> Pairs =>
        _entries.Select(entry => KeyValuePair.Create(FromKey(entry.Key), entry.Value));

    public IEnumerable<string> Keys => _entries.Keys.Select(KeyText);

    public IEnumerable<object?> Values => _entries.Values;

    public object? this[string key] => _entries[key];

    public bool TryGet(object? key, out object? value) => _entries.TryGetValue(key ?? NilKey, out value);

    public void Set(object? key, object? value) => _entries[key ?? NilKey] = value;

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _entries.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        _entries.Select(entry => KeyValuePair.Create(KeyText(entry.Key), entry.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static object? FromKey(object key) => ReferenceEquals(key, NilKey) ? null : key;

    private string KeyText(object key) => ValueText.Of(FromKey(key), comparer.Budget);
}
