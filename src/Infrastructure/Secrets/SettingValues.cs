using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Waybill.Infrastructure.Secrets;

/// <summary>Values by key. A key that is not there is looked for in the spelling that settings may need, <c>_</c> for <c>-</c> and <c>.</c></summary>
internal sealed class SettingValues(IReadOnlyDictionary<string, string> values) : IReadOnlyDictionary<string, string>
{
    public int Count => values.Count;

    public IEnumerable<string> Keys => values.Keys;

    public IEnumerable<string> Values => values.Values;

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no key {key}.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) =>
        values.TryGetValue(key, out value) || values.TryGetValue(Plain(key), out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A name with only such characters as environment variables have.</summary>
    public static string Plain(string name) => name.Replace('-', '_').Replace('.', '_');
}
