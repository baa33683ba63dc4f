using Waybill.Manifests.Yaml;

namespace Waybill.Manifests.Reading;

/// <summary>
/// Reads the fields of a mapping by name. Disposing it reports the fields that nobody asked for, so
/// <c>using var spec = …</c> and one line a field is all a reader needs.
/// </summary>
internal sealed class MapReader(Cursor cursor, MappingNode map) : IDisposable
{
    private readonly Dictionary<string, MappingNode.Entry> _left = map.Entries.ToDictionary(e => e.Key.Text, StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Cursor Cursor { get; } = cursor;

    public Place Place => Cursor.Place;

    /// <summary>The field's value; null when it is absent or null.</summary>
    public Cursor? Take(string name, bool required = false)
    {
        _known.Add(name);
        if (_left.Remove(name, out var entry) && Cursor.At(entry.Key, entry.Value) is { IsNull: false } value)
        {
            return value;
        }

        if (required)
        {
            Cursor.Error($"{name} is required");
        }

        return null;
    }

    /// <summary>Text that is not empty; null when it is absent.</summary>
    public string? Text(string name, bool required = false)
    {
        var field = Take(name, required);
        var text = field?.Text();
        if (required && text is "")
        {
            field!.Error("must not be empty");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    public bool Flag(string name, bool otherwise = false) => Take(name)?.Flag() ?? otherwise;

    public int? Integer(string name, int min, int max) => Take(name)?.Integer(min, max);

    public TimeSpan? Duration(string name, bool zeroAllowed = false) => Take(name)?.Duration(zeroAllowed);

    public TEnum OneOf<TEnum>(string name, TEnum otherwise)
        where TEnum : struct, Enum
    {
        var field = Take(name);
        return field is null or { Node: ScalarNode { Text: "" } } || field.OneOf(Enum.GetNames<TEnum>()) is not { } text
            ? otherwise
            : Enum.Parse<TEnum>(text);
    }

    public MapReader? Map(string name, bool required = false) => Take(name, required)?.Map();

    public IReadOnlyList<Cursor> Items(string name) => Take(name)?.Items() ?? [];

    /// <summary>A list that must have items.</summary>
    public IReadOnlyList<Cursor> RequiredItems(string name)
    {
        var field = Take(name, required: true);
        if (field is { Node: SequenceNode { Items.Count: 0 } })
        {
            field.Error("must have at least one item");
        }

        return field?.Items() ?? [];
    }

    /// <summary>A mapping of text to text, such as labels.</summary>
    public IReadOnlyDictionary<string, string> Texts(string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Take(name) is not { } field || field.Map() is not { } reader)
        {
            return texts;
        }

        foreach (var (key, value) in reader.TakeAll())
        {
            if (value.Text() is { } text)
            {
                texts[key] = text;
            }
        }

        return texts;
    }

    /// <summary>Every field that has not been asked for, whatever its name.</summary>
    public IReadOnlyList<(string Name, Cursor Value)> TakeAll()
    {
        var all = _left.Values.Select(e => (e.Key.Text, Cursor.At(e.Key, e.Value))).ToList();
        _left.Clear();
        return all;
    }

    /// <summary>A field that Kargo knows and Waybill does not: an error that says what to do instead.</summary>
    public void Refuse(string name, string instead)
    {
        if (FieldPlace(name) is { } place && Take(name) is not null)
        {
            Cursor.Problems.Error(place, $"not supported: {instead}");
        }
    }

    /// <summary>Fields that a Kubernetes API server fills in, as exported manifests have them.</summary>
    public void PassOver(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (FieldPlace(name) is { } place && Take(name) is not null)
            {
                Cursor.Problems.Notice(place, "has no effect: a Kubernetes API server writes it, and Waybill keeps its own");
            }
        }
    }

    public void Dispose()
    {
        foreach (var entry in _left.Values)
        {
            var at = Cursor.At(entry.Key, entry.Key);
            var suggestion = Suggestion.For(entry.Key.Text, _known);
            at.Error(entry.Key.Text.Length == 0 ? "a field needs a name" : $"unknown field{suggestion}");
        }
    }

    /// <summary>Where the field's name stands.</summary>
    private Place? FieldPlace(string name) =>
        _left.TryGetValue(name, out var entry) ? Cursor.At(entry.Key, entry.Key).Place : null;
}
