using System.Text.Json.Nodes;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>
/// Lays one YAML text over another as Kargo does: mappings are merged, everything else is replaced, and nothing (<c>null</c>) removes a
/// field. The text below keeps its comments, order and layout wherever it is not replaced.
/// </summary>
internal sealed class YamlMerger
{
    private const int Step = 2;

    private readonly string _text;
    private readonly string _newline;
    private readonly YamlFinder _finder;
    private readonly List<TextSplice> _splices = [];

    private YamlMerger(string text, YamlFinder finder)
    {
        _text = text;
        _newline = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _finder = finder;
    }

    /// <exception cref="FileEditException">One of them can't be read or has several documents, or they can't be merged without changing more.</exception>
    public static string Merge(string below, string over)
    {
        var (lower, upper) = (Only(below), Only(over));
        if (lower is null || upper is null)
        {
            return upper is null ? below : over;
        }

        if (lower is not YamlMapping into || upper is not YamlMapping from)
        {
            return over;
        }

        // What expands without end is found here, before anything walks through it.
        var expected = Expected(YamlToJson.Convert(lower), YamlToJson.Convert(upper));
        var merger = new YamlMerger(below, new YamlFinder([lower]));
        merger.MergeFields(into, from, "");
        var merged = TextSplice.Apply(below, merger._splices);
        return JsonNode.DeepEquals(YamlToJson.Convert(Only(merged)), expected)
            ? merged
            : throw new FileEditException("the files can't be merged without changing more: the first is laid out in a way that is not supported there");
    }

    private void MergeFields(YamlMapping into, YamlMapping from, string path)
    {
        var added = new List<(string Name, YamlNode Value)>();
        foreach (var (name, value) in YamlFields.Of(from))
        {
            var key = path.Length == 0 ? name : $"{path}.{name}";
            switch (into.Find(name))
            {
                case [] when !YamlFields.IsNull(value):
                    added.Add((name, value));
                    break;
                case [var entry]:
                    MergeField(into, entry, value, key);
                    break;
                case { Count: > 1 } several:
                    throw new FileEditException($"{key} stands {several.Count} times, in lines {string.Join(" and ", several.Select(s => s.Key.Line))}: remove all but one");
            }
        }

        if (added.Count > 0)
        {
            Append(into, added);
        }
    }

    private void MergeField(YamlMapping into, YamlEntry entry, YamlNode value, string key)
    {
        if (JsonNode.DeepEquals(YamlToJson.Convert(entry.Value), YamlToJson.Convert(value)) && !YamlFields.IsNull(value))
        {
            return;
        }

        _finder.RefuseShared(entry.Value, key);
        if (YamlFields.IsNull(value))
        {
            RequireBlock(into, key);
            Remove(entry);
        }
        else if (entry.Value is YamlMapping { Entries.Count: > 0 } inner && YamlFields.Resolve(value) is YamlMapping outer)
        {
            MergeFields(inner, outer, key);
        }
        else if (into.IsFlow || (entry.Value is YamlScalar && YamlFields.Resolve(value) is YamlScalar))
        {
            ReplaceSingle(entry, value, key, into.IsFlow);
        }
        else
        {
            Replace(into, entry, value);
        }
    }

    private void ReplaceSingle(YamlEntry entry, YamlNode value, string key, bool inFlow)
    {
        if (YamlFields.Resolve(value) is not YamlScalar scalar || entry.Value is not (YamlScalar or YamlAlias))
        {
            throw new FileEditException($"line {entry.Key.Line}: {key} stands in braces, where only single values are replaced; write it as a block");
        }

        _splices.Add(YamlScalarWriter.Replace(
            _text, new YamlPlace(entry.Value, inFlow, entry.Key.Column - 1), new YamlReplacement(scalar.Text, YamlTypes.IsText(scalar))));
    }

    /// <summary>Replaces everything after the key's colon, except a comment on its line.</summary>
    private void Replace(YamlMapping into, YamlEntry entry, YamlNode value)
    {
        var colon = _text.IndexOf(':', entry.Key.End) + 1;
        var isSingleLine = entry.Value is YamlScalar { IsBlock: false } or YamlAlias;
        var end = isSingleLine ? entry.Value.End : LineEnd(LastOf(entry.Value));
        var lineEnd = LineEnd(end);
        var comment = isSingleLine ? _text[end..lineEnd] : "";
        var written = YamlBlock.AfterKey(value, into.Column - 1, _newline, Step);
        _splices.Add(new TextSplice(colon, lineEnd, written.StartsWith(_newline, StringComparison.Ordinal) ? comment + written : written + comment));
    }

    private void Append(YamlMapping into, List<(string Name, YamlNode Value)> added)
    {
        RequireBlock(into, added[0].Name);
        var at = LineEnd(LastOf(into));
        foreach (var (name, value) in added)
        {
            var written = YamlBlock.AfterKey(value, into.Column - 1, _newline, Step);
            _splices.Add(new TextSplice(at, at, $"{_newline}{new string(' ', into.Column - 1)}{YamlBlock.Key(name)}:{written}"));
        }
    }

    private void Remove(YamlEntry entry)
    {
        // The line break before goes with it, so that what is added after the last field still has a place.
        var end = LineEnd(LastOf(entry.Value));
        var before = entry.Key.Start == 0 ? -1 : _text.LastIndexOf('\n', entry.Key.Start - 1);
        var start = before > 0 && _text[before - 1] == '\r' ? before - 1 : before;
        _splices.Add(before < 0 ? new TextSplice(0, Math.Min(end + _newline.Length, _text.Length), "") : new TextSplice(start, end, ""));
    }

    private static void RequireBlock(YamlMapping mapping, string key)
    {
        if (mapping.IsFlow)
        {
            throw new FileEditException($"line {mapping.Line}: the fields beside {key} stand in braces, where none can be added or removed; write them as a block");
        }
    }

    /// <summary>The end of the last single value within, where a block's own end is that of what follows.</summary>
    private int LastOf(YamlNode node) => node switch
    {
        YamlMapping { IsFlow: false, Entries: [.., var last] } => LastOf(last.Value),
        YamlSequence { IsFlow: false, Items: [.., var last] } => LastOf(last),
        YamlScalar { IsBlock: true } block => block.Start + _text[block.Start..block.End].AsSpan().TrimEnd().Length,
        _ => node.End,
    };

    private int LineEnd(int from)
    {
        var newline = _text.IndexOf('\n', Math.Min(from, _text.Length));
        return newline < 0 ? _text.Length : newline > from && _text[newline - 1] == '\r' ? newline - 1 : newline;
    }

    private static JsonNode? Expected(JsonNode? below, JsonNode? over)
    {
        if (over is not JsonObject fields)
        {
            return over?.DeepClone();
        }

        var merged = below is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach (var (name, value) in fields)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Expected(merged[name], value);
            }
        }

        return merged;
    }

    private static YamlNode? Only(string text) => YamlReader.Read(text) switch
    {
        [] => null,
        [var root] => root,
        var several => throw new FileEditException($"{several.Count} documents in one file, where yaml-merge takes one"),
    };
}
