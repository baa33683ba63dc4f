using Waybill.Manifests.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Waybill.Manifests.Yaml;

/// <summary>
/// Builds the values of one document from the parser's events. Own code, because YamlDotNet's representation model recurses
/// as deep as the document says, expands aliases without counting, and stops at the first duplicate key.
/// </summary>
internal sealed class NodeComposer(IParser parser, string file, ProblemList problems)
{
    private const string TextTag = "tag:yaml.org,2002:str";

    private readonly Dictionary<AnchorName, Node> _anchors = [];
    private int _values;

    public Node Compose() => Compose(depth: 0);

    private Node Compose(int depth)
    {
        var current = parser.Current ?? throw new YamlLimitException(1, 1, "the file ends in the middle of a document");
        if (depth > ManifestLimits.MaxNesting)
        {
            throw Limit(current, $"nested deeper than {ManifestLimits.MaxNesting} levels");
        }

        var node = current switch
        {
            AnchorAlias alias => Resolve(alias),
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadList(start, depth),
            MappingStart start => ReadMapping(start, depth),
            _ => throw Limit(current, "expected a value"),
        };

        Count(current, current is AnchorAlias ? node.Size : 1);
        if (current is NodeEvent { Anchor.IsEmpty: false } anchored)
        {
            _anchors[anchored.Anchor] = node;
        }

        return node;
    }

    private ScalarNode ReadScalar(Scalar scalar)
    {
        RefuseTag(scalar);
        parser.MoveNext();
        var isPlain = scalar.Style is ScalarStyle.Plain && scalar.Tag.IsEmpty;
        return new ScalarNode(scalar.Value, isPlain, Line(scalar), Column(scalar));
    }

    private SequenceNode ReadList(SequenceStart start, int depth)
    {
        RefuseTag(start);
        parser.MoveNext();
        var items = new List<Node>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(Compose(depth + 1));
        }

        parser.MoveNext();
        return new SequenceNode(items, Line(start), Column(start));
    }

    private MappingNode ReadMapping(MappingStart start, int depth)
    {
        RefuseTag(start);
        parser.MoveNext();
        var entries = new Dictionary<string, MappingNode.Entry>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            var key = ReadKey();
            var entry = new MappingNode.Entry(key, Compose(depth + 1));
            if (!entries.TryAdd(key.Text, entry))
            {
                var first = entries[key.Text].Key;
                problems.Error(At(key), $"duplicate key {Shown(key.Text)}: it already stands in line {first.Line}");
            }
        }

        parser.MoveNext();
        return new MappingNode([.. entries.Values], Line(start), Column(start));
    }

    private ScalarNode ReadKey()
    {
        if (parser.Current is not Scalar scalar)
        {
            throw Limit(parser.Current!, "a key must be plain text");
        }

        var key = ReadScalar(scalar);
        Count(scalar, 1);
        return key is { IsPlain: true, Text: "<<" }
            ? throw Limit(scalar, "merge keys (<<) are not supported: write the fields out")
            : key;
    }

    private Node Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            throw Limit(alias, $"there is no anchor &{Shown(alias.Value.Value)} before this alias");
        }

        parser.MoveNext();
        return node;
    }

    private void Count(ParsingEvent at, int values)
    {
        _values += values;
        if (_values > ManifestLimits.MaxValues)
        {
            throw Limit(at, $"the document has more than {ManifestLimits.MaxValues} values, counting aliases as what they stand for");
        }
    }

    private static void RefuseTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && node.Tag.Value is not TextTag)
        {
            throw Limit(node, $"the tag {Shown(node.Tag.Value)} is not supported: only !!str is");
        }
    }

    private Place At(ScalarNode key) => new(file, key.Line, key.Column, "");

    private static string Shown(string text) => text.Length > 60 ? text[..60] + "…" : text;

    private static YamlLimitException Limit(ParsingEvent at, string message) => new(Line(at), Column(at), message);

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;
}
