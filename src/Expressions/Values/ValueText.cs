using System.Globalization;
using System.Text;
using Waybill.Expressions.Dates;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Values as <c>string(v)</c> prints them, which is as Go's <c>%v</c> does.</summary>
internal static class ValueText
{
    public static string Of(object? value, Budget budget)
    {
        if (value is string text)
        {
            return text;
        }

        var builder = new StringBuilder();
        Append(builder, value, budget, 0);

        return budget.Produce(builder.ToString());
    }

    private static void Append(StringBuilder builder, object? value, Budget budget, int depth)
    {
        budget.Step();
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                AppendMap(builder, map, budget, Depth.Next(depth));
                break;
            case IReadOnlyList<object?> array:
                AppendArray(builder, array, budget, Depth.Next(depth));
                break;
            case string text:
                budget.Scan(text);
                builder.Append(text);
                break;
            default:
                builder.Append(Scalar(value));
                break;
        }
    }

    private static string Scalar(object? value) => value switch
    {
        null => "<nil>",
        bool truth => truth ? "true" : "false",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double real => FloatText.Plain(real),
        TimeSpan span => Durations.Text(span),
        DateTimeOffset date => Instants.Text(date),
        NamedNumber named => named.Name,
        TimeZoneInfo zone => zone.Id,
        SemanticVersion version => version.ToString(),
        _ => throw new Fault($"a {ValueKind.Name(value)} has no text"),
    };

    private static void AppendArray(StringBuilder builder, IReadOnlyList<object?> array, Budget budget, int depth)
    {
        builder.Append('[');
        for (var index = 0; index < array.Count; index++)
        {
            if (index > 0)
            {
                builder.Append(' ');
            }

            Append(builder, array[index], budget, depth);
            Guard(builder, budget);
        }

        builder.Append(']');
    }

    private static void AppendMap(StringBuilder builder, IReadOnlyDictionary<string, object?> map, Budget budget, int depth)
    {
        builder.Append("map[");
        var separator = "";
        foreach (var (key, value) in map.OrderBy(entry => entry.Key, CodePointComparer.Instance))
        {
            builder.Append(separator).Append(key).Append(':');
            Append(builder, value, budget, depth);
            Guard(builder, budget);
            separator = " ";
        }

        builder.Append(']');
    }

    // Shared parts can make a small value print endlessly long; the budget must say no before memory does.
    private static void Guard(StringBuilder builder, Budget budget) => budget.EnsureCharacters(builder.Length);
}
