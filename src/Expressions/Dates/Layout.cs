using Waybill.Expressions.Values;

namespace Waybill.Expressions.Dates;

/// <summary>A date layout in Go's manner, where each part is written as the date Mon Jan 2 15:04:05 2006 -0700 has it.</summary>
internal sealed class Layout
{
    private const int LongestText = 256;

    // Longer spellings stand before their own prefixes.
    private static readonly (string Text, LayoutPart Part)[] Spellings =
    [
        ("January", LayoutPart.LongMonth), ("Jan", LayoutPart.ShortMonth),
        ("Monday", LayoutPart.LongWeekday), ("Mon", LayoutPart.ShortWeekday), ("MST", LayoutPart.ZoneName),
        ("002", LayoutPart.ZeroYearDay), ("__2", LayoutPart.SpaceYearDay),
        ("01", LayoutPart.ZeroMonth), ("02", LayoutPart.ZeroDay), ("03", LayoutPart.ZeroHour12),
        ("04", LayoutPart.ZeroMinute), ("05", LayoutPart.ZeroSecond), ("06", LayoutPart.ShortYear),
        ("15", LayoutPart.Hour24), ("2006", LayoutPart.LongYear), ("_2", LayoutPart.SpaceDay),
        ("1", LayoutPart.Month), ("2", LayoutPart.Day), ("3", LayoutPart.Hour12), ("4", LayoutPart.Minute),
        ("5", LayoutPart.Second), ("PM", LayoutPart.UpperMeridiem), ("pm", LayoutPart.LowerMeridiem),
        ("-07:00:00", LayoutPart.Offset), ("-070000", LayoutPart.Offset), ("-07:00", LayoutPart.Offset),
        ("-0700", LayoutPart.Offset), ("-07", LayoutPart.Offset),
        ("Z07:00:00", LayoutPart.ZuluOffset), ("Z070000", LayoutPart.ZuluOffset), ("Z07:00", LayoutPart.ZuluOffset),
        ("Z0700", LayoutPart.ZuluOffset), ("Z07", LayoutPart.ZuluOffset),
    ];

    private Layout(IReadOnlyList<LayoutElement> elements) => Elements = elements;

    public IReadOnlyList<LayoutElement> Elements { get; }

    /// <summary>A layout, or a text to read by one, of a size that people write.</summary>
    public static string Checked(object? value, string name)
    {
        var text = ValueKind.Text(value, name);

        return text.Length <= LongestText
            ? text
            : throw new Fault($"{name}: the string is longer than {LongestText} characters");
    }

    public static Layout Of(string text)
    {
        var elements = new List<LayoutElement>();
        var literalStart = 0;
        var index = 0;
        while (index < text.Length)
        {
            if (PartAt(text, index) is not { } element)
            {
                index++;
                continue;
            }

            AddLiteral(elements, text[literalStart..index]);
            elements.Add(element);
            index += element.Text.Length;
            literalStart = index;
        }

        AddLiteral(elements, text[literalStart..]);

        return new Layout(elements);
    }

    private static void AddLiteral(List<LayoutElement> elements, string text)
    {
        if (text.Length > 0)
        {
            elements.Add(new LayoutElement(LayoutPart.Literal, text));
        }
    }

    private static LayoutElement? PartAt(string text, int index)
    {
        var rest = text.AsSpan(index);
        if (rest[0] is '.' or ',')
        {
            return FractionAt(rest);
        }

        // In "_2006" the underscore is itself and the year follows.
        if (rest.StartsWith("_2006"))
        {
            return null;
        }

        foreach (var (spelling, part) in Spellings)
        {
            if (rest.StartsWith(spelling) && !IsInsideWord(part, rest[spelling.Length..]))
            {
                return new LayoutElement(part, spelling);
            }
        }

        return null;
    }

    // "Month" is a word, not the weekday Mon and a literal th.
    private static bool IsInsideWord(LayoutPart part, ReadOnlySpan<char> after) =>
        part is LayoutPart.ShortMonth or LayoutPart.ShortWeekday && !after.IsEmpty && char.IsAsciiLetterLower(after[0]);

    private static LayoutElement? FractionAt(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[1] is not ('0' or '9'))
        {
            return null;
        }

        var run = rest[1..].IndexOfAnyExcept(rest[1]);
        var length = run < 0 ? rest.Length : run + 1;
        if (length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            return null;
        }

        var part = rest[1] == '0' ? LayoutPart.FixedFraction : LayoutPart.ShortFraction;

        return new LayoutElement(part, rest[..length].ToString());
    }
}

/// <summary>A part of a layout with the text it was written as.</summary>
internal sealed record LayoutElement(LayoutPart Part, string Text);

/// <summary>What a part of a layout stands for.</summary>
internal enum LayoutPart
{
    Literal,
    LongYear,
    ShortYear,
    LongMonth,
    ShortMonth,
    ZeroMonth,
    Month,
    ZeroDay,
    SpaceDay,
    Day,
    ZeroYearDay,
    SpaceYearDay,
    LongWeekday,
    ShortWeekday,
    Hour24,
    ZeroHour12,
    Hour12,
    ZeroMinute,
    Minute,
    ZeroSecond,
    Second,
    FixedFraction,
    ShortFraction,
    UpperMeridiem,
    LowerMeridiem,
    ZoneName,
    Offset,
    ZuluOffset,
}
