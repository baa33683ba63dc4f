using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions;

/// <summary>A map of text to text: reading a key that it lacks gives <c>""</c>, as a Go <c>map[string]string</c> does, not nil.</summary>
/// <remarks>For the data of secrets and config maps, where <c>secret("slack").token != ""</c> asks whether there is one.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "It is a map of texts to those who write expressions.")]
public sealed class ExpressionTexts(IReadOnlyDictionary<string, string> texts) : IReadOnlyDictionary<string, object?>
{
    public int Count => texts.Count;

    public IEnumerable<string> Keys => texts.Keys;

    public IEnumerable<object?> Values => texts.Values;

    public object? this[string key] => texts.GetValueOrDefault(key, "");

    public bool ContainsKey(string key) => texts.ContainsKey(key);

    public bool TryGetValue(string key, out object? value)
    {
        var found = texts.TryGetValue(key, out var text);
        value = text;
        return found;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        texts.Select(text => KeyValuePair.Create<string, object?>(text.Key, text.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
