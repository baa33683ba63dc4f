using System.Text;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Values as YAML blocks, laid out as Kargo's encoder does: four spaces a level, two within a list's item.</summary>
internal sealed class YamlText
{
    private const int Level = 4;
    private const int Dash = 2;

    private readonly StringBuilder _builder = new();
    private readonly Budget _budget;

    private YamlText(Budget budget) => _budget = budget;

    public static string Of(object? value, Budget budget)
    {
        var writer = new YamlText(budget);
        writer.AppendRoot(value);

        return budget.Produce(writer._builder.ToString());
    }

    private void AppendRoot(object? value)
    {
        if (IsBlock(value))
        {
            AppendBlock(value, 0, startsOnLine: true, 0);
        }
        else
        {
            AppendScalar(value, 0);
        }
    }

    private static bool IsBlock(object? value) => value switch
    {
        ByteArray => false,
        IReadOnlyDictionary<string, object?> map => map.Count > 0,
        IReadOnlyList<object?> array => array.Count > 0,
        _ => false,
    };

    // A block that starts on a line begun by its parent ("- a: 1") leaves out its first indentation.
    private void AppendBlock(object? value, int indent, bool startsOnLine, int depth)
    {
        var inner = Depth.Next(depth);
        if (value is IReadOnlyDictionary<string, object?> map)
        {
            foreach (var (key, item) in map.OrderBy(entry => entry.Key, CodePointComparer.Instance))
            {
                AppendIndent(ref startsOnLine, indent);
                _builder.Append(YamlScalars.Key(key)).Append(':');
                AppendMapItem(item, indent, inner);
            }
        }
        else
        {
            foreach (var item in (IReadOnlyList<object?>)value!)
            {
                AppendIndent(ref startsOnLine, indent);
                _builder.Append('-');
                AppendListItem(item, indent, inner);
            }
        }
    }

    private void AppendMapItem(object? item, int indent, int depth)
    {
        var aligned = Level * ((indent + Level) / Level);
        if (IsBlock(item))
        {
            _builder.Append('\n');
            AppendBlock(item, aligned, startsOnLine: false, depth);
        }
        else
        {
            _builder.Append(' ');
            AppendScalar(item, aligned);
        }
    }

    private void AppendListItem(object? item, int indent, int depth)
    {
        _builder.Append(' ');
        if (IsBlock(item))
        {
            AppendBlock(item, indent + Dash, startsOnLine: true, depth);
        }
        else
        {
            AppendScalar(item, indent + Dash);
        }
    }

    private void AppendIndent(ref bool startsOnLine, int indent)
    {
        if (!startsOnLine)
        {
            _builder.Append(' ', indent);
        }

        startsOnLine = false;
    }

    private void AppendScalar(object? value, int indent)
    {
        _budget.Step();
        var text = value switch
        {
            ByteArray bytes => $"!!binary {Convert.ToBase64String(bytes.Bytes)}",
            IReadOnlyDictionary<string, object?> => "{}",
            IReadOnlyList<object?> => "[]",
            string characters => YamlScalars.Text(characters, indent),
            _ => YamlScalars.Of(value, _budget),
        };
        _builder.Append(text);
        if (!text.EndsWith('\n'))
        {
            _builder.Append('\n');
        }

        _budget.EnsureCharacters(_builder.Length);
    }
}
