using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Waybill.Expressions;

/// <summary>A map with a fixed set of fields: reading any other field is an error with a near name, not nil.</summary>
/// <remarks>For values that are structs in Kargo (commits, images, charts), where a mistyped field must not read as nil.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "It is a record of fields to those who write expressions.")]
public sealed class ExpressionRecord : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, object?> _fields;

    public ExpressionRecord(string typeName, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        ArgumentNullException.ThrowIfNull(fields);
        TypeName = typeName;
        _fields = fields.ToDictionary(field => field.Key, field => ExpressionValue.From(field.Value), StringComparer.Ordinal);
    }

    /// <summary>What errors call it, such as <c>commit</c>.</summary>
    public string TypeName { get; }

    public int Count => _fields.Count;

    public IEnumerable<string> Keys => _fields.Keys;

    public IEnumerable<object?> Values => _fields.Values;

    public object? this[string key] => _fields[key];

    public bool ContainsKey(string key) => _fields.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _fields.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
