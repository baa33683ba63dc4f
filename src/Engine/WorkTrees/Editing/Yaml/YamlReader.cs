using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>Reads the documents of a text with the place of every value, as YamlDotNet's own model does not keep it.</summary>
internal sealed class YamlReader
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private int _values;

    private YamlReader(string text)
    {
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(_scanner);
    }

    /// <summary>The root of every document; null for one that says nothing.</summary>
    /// <exception cref="FileEditException">It is not YAML, or asks for more than is read.</exception>
    public static IReadOnlyList<YamlNode?> Read(string text)
    {
        EditLimits.Check(text);
        var reader = new YamlReader(text);
        try
        {
            return reader.ReadDocuments();
        }
        catch (YamlException broken)
        {
            throw new FileEditException($"{IndentedWithTab(text, broken) ?? Place(broken.Start)}: not YAML: {Reason(broken)}", broken);
        }
        catch (Exception stumbled) when (stumbled is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner does that for some malformed plain values in braces.
            throw new FileEditException($"{Place(reader._scanner.CurrentPosition)}: not YAML: characters that are not allowed here", stumbled);
        }
    }

    private List<YamlNode?> ReadDocuments()
    {
        var documents = new List<YamlNode?>();
        Take<StreamStart>();
        while (_parser.Current is not StreamEnd)
        {
            Take<DocumentStart>();
            _anchors.Clear();
            var root = ReadNode(depth: 0);
            documents.Add(root is YamlScalar { IsPlain: true, Text: "", Anchor: null, Tag: null } ? null : root);
            Take<DocumentEnd>();
        }

        return documents;
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > EditLimits.MaxDepth || ++_values > EditLimits.MaxValues)
        {
            throw new FileEditException(
                $"{Place(_parser.Current!.Start)}: more than {EditLimits.MaxDepth} levels or {EditLimits.MaxValues} values");
        }

        YamlNode node = _parser.Current switch
        {
            AnchorAlias alias => ReadAlias(alias),
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadSequence(start, depth),
            MappingStart start => ReadMapping(start, depth),
            var other => throw new FileEditException($"{Place(other!.Start)}: not YAML: a value is missing"),
        };
        if (node.Anchor is { } anchor)
        {
            _anchors[anchor] = node;
        }

        return node;
    }

    private YamlAlias ReadAlias(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw new FileEditException($"{Place(alias.Start)}: there is no anchor &{alias.Value.Value} before this alias");
        }

        _parser.MoveNext();
        return new YamlAlias(target, At(alias.Start), At(alias.End), (int)alias.Start.Line, (int)alias.Start.Column);
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        _parser.MoveNext();
        return new YamlScalar(scalar.Value, scalar.Style, At(scalar.Start), At(scalar.End), (int)scalar.Start.Line, (int)scalar.Start.Column)
        {
            Anchor = AnchorOf(scalar),
            Tag = TagOf(scalar),
        };
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth)
    {
        _parser.MoveNext();
        var items = new List<YamlNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        var isFlow = start.Style is SequenceStyle.Flow;
        var end = EndOf(Take<SequenceEnd>(), isFlow);
        return new YamlSequence(items, isFlow, At(start.Start), end, (int)start.Start.Line, (int)start.Start.Column)
        {
            Anchor = AnchorOf(start),
            Tag = TagOf(start),
        };
    }

    private YamlMapping ReadMapping(MappingStart start, int depth)
    {
        _parser.MoveNext();
        var entries = new List<YamlEntry>();
        while (_parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            entries.Add(new YamlEntry(key, ReadNode(depth + 1)));
        }

        var isFlow = start.Style is MappingStyle.Flow;
        var end = EndOf(Take<MappingEnd>(), isFlow);
        return new YamlMapping(entries, isFlow, At(start.Start), end, (int)start.Start.Line, (int)start.Start.Column)
        {
            Anchor = AnchorOf(start),
            Tag = TagOf(start),
        };
    }

    private T Take<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
        {
            _parser.MoveNext();
        }

        var taken = _parser.Current as T ?? throw new FileEditException($"{Place(_scanner.CurrentPosition)}: not YAML: something is missing");
        _parser.MoveNext();
        return taken;
    }

    // In braces the end is where the closing one stands.
    private static int EndOf(ParsingEvent end, bool isFlow) => At(end.Start) + (isFlow ? 1 : 0);

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty || node.Tag.IsNonSpecific ? null : node.Tag.Value;

    private static int At(Mark mark) => (int)mark.Index;

    private static string Place(Mark mark) => $"line {mark.Line}, column {mark.Column}";

    // Of a tab in the indentation YamlDotNet says what is wrong, but not where.
    private static string? IndentedWithTab(string text, YamlException broken)
    {
        var lines = broken.Message.Contains("invalid tab as indentation", StringComparison.Ordinal) ? text.Split('\n') : [];
        var line = Array.FindIndex(lines, l => l[..^l.TrimStart(' ', '\t').Length].Contains('\t', StringComparison.Ordinal));
        return line < 0 ? null : $"line {line + 1}, column {lines[line].IndexOf('\t', StringComparison.Ordinal) + 1}";
    }

    // YamlDotNet's message is "(Line: 1, Col: 2, Idx: 3) - (Line: …): what is wrong", and the place is ours to say.
    private static string Reason(YamlException broken)
    {
        var end = broken.Message.IndexOf("): ", StringComparison.Ordinal);
        return broken.Message.StartsWith('(') && end >= 0 ? broken.Message[(end + 3)..] : broken.Message;
    }
}
