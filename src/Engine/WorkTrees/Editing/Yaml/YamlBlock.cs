using System.Text;
using Waybill.Expressions;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>Writes values anew, as lines of a block. Plain values stay as they were written; aliases become what they stand for.</summary>
internal sealed class YamlBlock(string newline, int step)
{
    private const int LongestDocument = EditLimits.MaxCharacters;

    private readonly StringBuilder _text = new();

    /// <summary>What stands after <c>key:</c>: a value on the same line, or lines below it.</summary>
    public static string AfterKey(YamlNode value, int indent, string newline, int step)
    {
        var block = new YamlBlock(newline, step);
        block.AppendValue(value, indent, depth: 0);
        return block._text.ToString();
    }

    public static string Key(string name) => YamlStrings.IsPlain(name) ? name : YamlStrings.DoubleQuoted(name);

    private void AppendValue(YamlNode value, int indent, int depth)
    {
        if (depth > EditLimits.MaxDepth || _text.Length > LongestDocument)
        {
            throw new FileEditException($"more than {EditLimits.MaxDepth} levels or {LongestDocument / 1024} Ki characters, counting aliases as what they stand for");
        }

        switch (YamlFields.Resolve(value))
        {
            case YamlMapping mapping when YamlFields.Of(mapping).Where(f => !YamlFields.IsNull(f.Value)).ToList() is { Count: > 0 } fields:
                foreach (var (name, field) in fields)
                {
                    _text.Append(newline).Append(' ', indent + step).Append(Key(name)).Append(':');
                    AppendValue(field, indent + step, depth + 1);
                }

                break;
            case YamlSequence { Items.Count: > 0 } list:
                foreach (var item in list.Items)
                {
                    _text.Append(newline).Append(' ', indent + step).Append('-');
                    AppendItem(item, indent + step, depth + 1);
                }

                break;
            case var single:
                _text.Append(' ').Append(Single(single));
                break;
        }
    }

    // "- a: 1": the first field stands on the line of the dash.
    private void AppendItem(YamlNode item, int indent, int depth)
    {
        var start = _text.Length;
        AppendValue(item, indent + 2 - step, depth);
        var lead = newline.Length + indent + 2;
        if (_text.Length > start + lead && _text.ToString(start, newline.Length) == newline)
        {
            _text.Remove(start, lead).Insert(start, " ");
        }
    }

    private static string Single(YamlNode node) => node switch
    {
        YamlMapping => "{}",
        YamlSequence => "[]",
        YamlScalar scalar when YamlTypes.IsText(scalar) => YamlStrings.IsPlain(scalar.Text) ? scalar.Text : YamlStrings.DoubleQuoted(scalar.Text),
        YamlScalar scalar => scalar.Text.Length == 0 ? "null" : scalar.Text,
        _ => throw new FileEditException($"line {node.Line}: {node.Kind} can't be written here"),
    };
}
