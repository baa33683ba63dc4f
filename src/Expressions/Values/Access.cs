using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>Fields, elements and slices of values.</summary>
internal static class Access
{
    public static object? Field(object? target, string name)
    {
        switch (target)
        {
            case ExpressionRecord record:
                return record.TryGetValue(name, out var field)
                    ? field
                    : throw new Fault($"{record.TypeName} has no field {name}{NearestName.Suggest(name, record.Keys)}");
            case ExpressionTexts texts:
                return texts[name];
            case IReadOnlyDictionary<string, object?> map:
                return map.TryGetValue(name, out var value) ? value : null;
            case null:
                throw new Fault($"cannot read {name} of nil; ?.{name} would give nil");
            default:
                throw new Fault(
                    Methods.Exists(target, name)
                        ? $"{name} is a method of {ValueKind.Name(target)}, call it as {name}()"
                        : $"{ValueKind.Name(target)} has no field {name}");
        }
    }

    public static object? Element(object? target, object? index) => target switch
    {
        ExpressionRecord or ExpressionTexts when index is string name => Field(target, name),
        IReadOnlyDictionary<string, object?> map => Maps.TryGet(map, index, out var value) ? value : null,
        IReadOnlyList<object?> array => ArrayElement(array, Number.ToInteger(index, "array index")),
        null => throw new Fault("cannot read an element of nil; ?.[ ] would give nil"),
        string when index is not string => throw new Fault("a string has no elements; s[0:1] is its first character"),
        _ when index is string name => Field(target, name),
        _ => throw new Fault($"{ValueKind.Name(target)} has no elements"),
    };

    public static object? Slice(object? target, object? from, object? to, Budget budget)
    {
        var length = target switch
        {
            string text => CodePoints.Count(text, budget),
            IReadOnlyList<object?> array => array.Count,
            _ => throw new Fault($"cannot slice {ValueKind.Name(target)}"),
        };
        var end = Bound(to, length, length);
        var start = Math.Min(Bound(from, 0, length), end);

        return target switch
        {
            string text => CodePoints.Slice(text, start, end, budget),
            ByteArray bytes => bytes.Slice(start, end),
            _ => Lists.Slice((IReadOnlyList<object?>)target, start, end, budget),
        };
    }

    public static bool Contains(object? needle, object? container, Budget budget) => container switch
    {
        null => false,
        IReadOnlyDictionary<string, object?> map => Maps.TryGet(map, needle, out _),
        IReadOnlyList<object?> array => Lists.IndexOf(array, needle, budget) >= 0,
        _ => throw new Fault($"operator \"in\" is not defined on {ValueKind.Name(container)}"),
    };

    private static object? ArrayElement(IReadOnlyList<object?> array, long index)
    {
        var position = index < 0 ? array.Count + index : index;

        return position >= 0 && position < array.Count
            ? array[(int)position]
            : throw new Fault($"index out of range: {index} (array length is {array.Count})");
    }

    private static int Bound(object? bound, int otherwise, int length)
    {
        if (bound is null)
        {
            return otherwise;
        }

        var index = Number.ToInteger(bound, "slice index");

        return (int)Math.Clamp(index < 0 ? length + index : index, 0, length);
    }
}
