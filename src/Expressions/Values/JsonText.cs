using System.Globalization;
using System.Text;
using Waybill.Expressions.Dates;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Values as the JSON that Go's encoder writes: sorted keys, HTML characters escaped, durations in nanoseconds.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _builder = new();
    private readonly Budget _budget;
    private readonly bool _indented;

    private JsonText(Budget budget, bool indented)
    {
        _budget = budget;
        _indented = indented;
    }

    public static string Compact(object? value, Budget budget) => Write(value, budget, indented: false);

    /// <summary>On lines of their own, two spaces a level.</summary>
    public static string Indented(object? value, Budget budget) => Write(value, budget, indented: true);

    private static string Write(object? value, Budget budget, bool indented)
    {
        var writer = new JsonText(budget, indented);
        writer.Append(value, 0);

        return budget.Produce(writer._builder.ToString());
    }

    private void Append(object? value, int depth)
    {
        _budget.Step();
        switch (value)
        {
            case string text:
                AppendString(text);
                break;
            case ByteArray bytes:
                AppendString(Convert.ToBase64String(bytes.Bytes));
                break;
            case IReadOnlyDictionary<string, object?> map:
                AppendMap(map, Depth.Next(depth));
                break;
            case IReadOnlyList<object?> array:
                AppendArray(array, Depth.Next(depth));
                break;
            default:
                AppendScalar(value);
                break;
        }

        _budget.EnsureCharacters(_builder.Length);
    }

    private void AppendScalar(object? value)
    {
        switch (value)
        {
            case DateTimeOffset date:
                AppendString(Instants.Rfc3339(date));
                break;
            case SemanticVersion version:
                AppendString(version.ToString());
                break;
            case TimeZoneInfo zone:
                AppendString(zone.Id);
                break;
            default:
                _builder.Append(Literal(value));
                break;
        }
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double real => FloatText.Json(real),
        TimeSpan span => Durations.Nanoseconds(span).ToString(CultureInfo.InvariantCulture),
        NamedNumber named => named.Value.ToString(CultureInfo.InvariantCulture),
        _ => throw new Fault($"a {ValueKind.Name(value)} cannot be written as JSON"),
    };

    private void AppendArray(IReadOnlyList<object?> array, int depth)
    {
        _builder.Append('[');
        for (var index = 0; index < array.Count; index++)
        {
            AppendSeparator(index, depth);
            Append(array[index], depth);
        }

        AppendEnd(array.Count, depth, ']');
    }

    private void AppendMap(IReadOnlyDictionary<string, object?> map, int depth)
    {
        _builder.Append('{');
        var index = 0;
        foreach (var (key, value) in map.OrderBy(entry => entry.Key, CodePointComparer.Instance))
        {
            AppendSeparator(index++, depth);
            AppendString(key);
            _builder.Append(_indented ? ": " : ":");
            Append(value, depth);
        }

        AppendEnd(index, depth, '}');
    }

    private void AppendSeparator(int index, int depth)
    {
        if (index > 0)
        {
            _builder.Append(',');
        }

        AppendLine(depth);
    }

    private void AppendEnd(int count, int depth, char bracket)
    {
        if (count > 0)
        {
            AppendLine(depth - 1);
        }

        _builder.Append(bracket);
    }

    private void AppendLine(int depth)
    {
        if (_indented)
        {
            _builder.Append('\n').Append(' ', 2 * depth);
        }
    }

    private void AppendString(string text)
    {
        _budget.Scan(text);
        JsonEscapes.AppendQuoted(_builder, text);
    }
}
