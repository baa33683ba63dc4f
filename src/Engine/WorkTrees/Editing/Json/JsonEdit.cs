using System.Text;

namespace Waybill.Engine.WorkTrees.Editing.Json;

/// <summary>Sets one value in a JSON text. As in Kargo what is missing is made; it is laid out as its neighbours are.</summary>
internal sealed class JsonEdit(byte[] text, FileUpdate update)
{
    private readonly KeyPath _key = update.Key;

    private string Value => update.IsText ? JsonText.Of(update.Text) : update.Text;

    /// <exception cref="FileEditException">The key leads through something that has no such part.</exception>
    public byte[] Apply()
    {
        if (JsonReader.Read(text) is not { } root)
        {
            return Splice(text.Length, text.Length, Build(0, ": "));
        }

        var node = root;
        for (var depth = 0; depth < _key.Parts.Count; depth++)
        {
            switch (node)
            {
                case JsonObjectSpan map when Member(map, depth) is { } member:
                    node = member.Value;
                    break;
                case JsonObjectSpan map:
                    return AddMember(map, depth);
                case JsonArraySpan list when Item(list, depth) is { } item:
                    node = item;
                    break;
                case JsonArraySpan list:
                    return AddItem(list, depth);
                case JsonScalarSpan { IsNull: true } nothing when depth > 0:
                    return Splice(nothing.Start, nothing.End, Build(depth, ": "));
                default:
                    throw new FileEditException($"{(depth == 0 ? "the file" : _key.UpTo(depth))} is a single value, so there is no {_key.UpTo(depth + 1)}");
            }
        }

        return node is JsonScalarSpan
            ? Splice(node.Start, node.End, Value)
            : throw new FileEditException($"{_key} is {(node is JsonArraySpan ? "a list" : "a mapping")}; only single values can be set, such as those within it");
    }

    private JsonMember? Member(JsonObjectSpan map, int depth)
    {
        var found = map.Members.Where(m => m.Name == _key.Parts[depth].Name).ToList();
        return found.Count < 2 ? found.SingleOrDefault() : throw new FileEditException($"{_key.UpTo(depth + 1)} stands {found.Count} times: remove all but one");
    }

    private JsonSpan? Item(JsonArraySpan list, int depth) => _key.Parts[depth].Index switch
    {
        >= 0 and var index when index < list.Items.Count => list.Items[index],
        -1 => null,
        { } index when index == list.Items.Count => null,
        null => throw new FileEditException(
            $"{(depth == 0 ? "the file" : _key.UpTo(depth))} is a list, of which \"{_key.Parts[depth].Name}\" is no item: give its number, from 0, or -1 for a new one"),
        _ => throw new FileEditException($"there is no {_key.UpTo(depth + 1)}: the list has {list.Items.Count} items, counted from 0"),
    };

    private byte[] AddMember(JsonObjectSpan map, int depth)
    {
        var colon = map.Members is [.., var last] ? Between(last.NameEnd, last.Value.Start, ": ") : ": ";
        var member = $"{JsonText.Of(_key.Parts[depth].Name)}{colon}{Build(depth + 1, colon)}";
        return Add(map, [.. map.Members.Select(m => (m.Start, m.Value.End))], member, colon.EndsWith(':') ? "," : ", ");
    }

    private byte[] AddItem(JsonArraySpan list, int depth) =>
        Add(list, [.. list.Items.Select(i => (i.Start, i.End))], Build(depth + 1, ": "), ", ");

    /// <summary>Puts a value after the last of its neighbours, as far from it as they are from each other.</summary>
    private byte[] Add(JsonSpan parent, List<(int Start, int End)> neighbours, string value, string separator)
    {
        switch (neighbours)
        {
            case []:
                return Splice(parent.Start + 1, parent.End - 1, value);
            case [var only]:
                var lead = Between(parent.Start + 1, only.Start, "");
                return Splice(only.End, only.End, (lead.Contains('\n', StringComparison.Ordinal) ? "," + lead : separator) + value);
            default:
                return Splice(neighbours[^1].End, neighbours[^1].End, Between(neighbours[^2].End, neighbours[^1].Start, separator) + value);
        }
    }

    /// <summary>What the rest of the key makes, around the value.</summary>
    private string Build(int depth, string colon)
    {
        if (depth == _key.Parts.Count)
        {
            return Value;
        }

        var (part, inner) = (_key.Parts[depth], Build(depth + 1, colon));
        return part.Index switch
        {
            null => $"{{{JsonText.Of(part.Name)}{colon}{inner}}}",
            0 or -1 => $"[{inner}]",
            _ => throw new FileEditException($"there is no {_key.UpTo(depth)}, so it has no item {part.Name}: a new list begins with 0"),
        };
    }

    /// <summary>What stands between two places, unless there is a comment among it.</summary>
    private string Between(int start, int end, string otherwise)
    {
        var between = Encoding.UTF8.GetString(text, start, end - start);
        return between.Contains('/', StringComparison.Ordinal) ? otherwise : between;
    }

    private byte[] Splice(int start, int end, string value) => [.. text.AsSpan(0, start), .. Encoding.UTF8.GetBytes(value), .. text.AsSpan(end)];
}
