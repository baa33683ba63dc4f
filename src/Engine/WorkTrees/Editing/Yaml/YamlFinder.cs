namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>Finds the value that a key means, and refuses those whose change would be seen elsewhere too.</summary>
internal sealed class YamlFinder
{
    private const int NamesShown = 8;

    private static readonly IEqualityComparer<YamlNode> SameNode = ReferenceEqualityComparer.Instance;

    private readonly IReadOnlyList<YamlNode?> _documents;
    private readonly ILookup<YamlNode, YamlAlias> _aliases;

    public YamlFinder(IReadOnlyList<YamlNode?> documents)
    {
        _documents = documents;
        _aliases = documents.SelectMany(d => Within(d)).OfType<YamlAlias>().ToLookup(a => a.Target, SameNode);
    }

    /// <summary>The single value that stands at a key of the first document, and whether it stands in braces.</summary>
    /// <exception cref="FileEditException">There is none, or changing it would change something else.</exception>
    public YamlPlace Find(KeyPath key)
    {
        var root = _documents is [{ } first, ..] ? first : throw new FileEditException($"there is no {key}: the file says nothing");
        var place = new YamlPlace(root, InFlow: false);
        for (var depth = 0; depth < key.Parts.Count; depth++)
        {
            place = Step(place, key, depth);
            RefuseShared(place.Node, key.Text);
        }

        return place.Node is YamlScalar or YamlAlias
            ? place
            : throw new FileEditException($"line {place.Node.Line}: {key} is {place.Node.Kind}; only single values can be set, such as those within it");
    }

    private YamlPlace Step(YamlPlace place, KeyPath key, int depth) => place.Node switch
    {
        YamlMapping mapping => new YamlPlace(Field(mapping, key, depth), place.InFlow || mapping.IsFlow, mapping.Column - 1),
        YamlSequence list => new YamlPlace(Item(list, key, depth), place.InFlow || list.IsFlow, list.Column - 1),
        YamlAlias alias => throw new FileEditException(
            $"line {alias.Line}: {key.UpTo(depth)} is the alias *{alias.Target.Anchor}, so a change would also change line {alias.Target.Line}; "
            + $"write the values out here, or set them where &{alias.Target.Anchor} stands"),
        _ => throw new FileEditException($"line {place.Node.Line}: {key.UpTo(depth)} is a single value, so there is no {key.UpTo(depth + 1)}"),
    };

    private YamlNode Field(YamlMapping mapping, KeyPath key, int depth)
    {
        var name = key.Parts[depth].Name;
        return mapping.Find(name) switch
        {
            [var entry] => entry.Value,
            [] => throw new FileEditException($"there is no {key.UpTo(depth + 1)}{Hint(mapping, key, depth)}"),
            var several => throw new FileEditException(
                $"{key.UpTo(depth + 1)} stands {several.Count} times, in lines {string.Join(" and ", several.Select(s => s.Key.Line))}: remove all but one"),
        };
    }

    private string Hint(YamlMapping mapping, KeyPath key, int depth)
    {
        var name = key.Parts[depth].Name;
        if (mapping.Entries.Where(e => e.IsMerge).FirstOrDefault(m => Merged(m.Value).Any(t => t.Find(name).Count > 0)) is { } merge)
        {
            return $" here: it comes in with << in line {merge.Key.Line}; write it out beside that, or set it where it stands";
        }

        if (depth == 0 && _documents.Skip(1).ToList().FindIndex(d => d is YamlMapping other && other.Find(name).Count > 0) is >= 0 and var index)
        {
            return $" in the file's first document, which is the one that is changed; document {index + 2} has one: put it into a file of its own";
        }

        var names = mapping.Entries.Select(e => e.Key).OfType<YamlScalar>().Select(k => k.Text).Take(NamesShown + 1).ToList();
        return names.Count == 0
            ? $": the mapping in line {mapping.Line} is empty"
            : $"; line {mapping.Line} has {string.Join(", ", names.Take(NamesShown))}{(names.Count > NamesShown ? ", …" : "")}";
    }

    private static YamlNode Item(YamlSequence list, KeyPath key, int depth) => key.Parts[depth].Index switch
    {
        >= 0 and var index when index < list.Items.Count => list.Items[index],
        null => throw new FileEditException(
            $"line {list.Line}: {(depth == 0 ? "the file" : key.UpTo(depth))} is a list, of which \"{key.Parts[depth].Name}\" is no item: give its number, from 0"),
        _ => throw new FileEditException($"there is no {key.UpTo(depth + 1)}: the list in line {list.Line} has {list.Items.Count} items, counted from 0"),
    };

    /// <exception cref="FileEditException">An alias refers to the value, so what it is there would change too.</exception>
    public void RefuseShared(YamlNode node, string key)
    {
        if (_aliases[node].FirstOrDefault() is { } alias)
        {
            throw new FileEditException(
                $"line {node.Line}: setting {key} would also change line {alias.Line}, which refers to it as *{node.Anchor}; write the value out there");
        }
    }

    private static IEnumerable<YamlMapping> Merged(YamlNode value) => value switch
    {
        YamlAlias alias => Merged(alias.Target),
        YamlMapping mapping => [mapping],
        YamlSequence list => list.Items.SelectMany(Merged),
        _ => [],
    };

    private static IEnumerable<YamlNode> Within(YamlNode? node) => node switch
    {
        null => [],
        YamlMapping mapping => mapping.Entries.SelectMany(e => Within(e.Key).Concat(Within(e.Value))).Prepend(mapping),
        YamlSequence list => list.Items.SelectMany(Within).Prepend(list),
        _ => [node],
    };
}

/// <summary>A value as it was found.</summary>
/// <param name="Node">The value.</param>
/// <param name="InFlow">Whether it stands in braces or brackets, where more characters mean something.</param>
/// <param name="Indent">Spaces before what it is part of.</param>
internal sealed record YamlPlace(YamlNode Node, bool InFlow, int Indent = 0);
