namespace Waybill.Expressions.Dates;

/// <summary>Reads dates by a layout.</summary>
internal static class DateParser
{
    private static readonly string[] LongMonths = [.. Enum.GetNames<EnglishMonth>()];
    private static readonly string[] ShortMonths = [.. LongMonths.Select(name => name[..3])];
    private static readonly string[] LongDays = [.. Enum.GetNames<DayOfWeek>()];
    private static readonly string[] ShortDays = [.. LongDays.Select(name => name[..3])];

    /// <summary>The date a text is by a layout, in a zone unless the text names its own; null when it is none.</summary>
    public static DateTimeOffset? TryParse(string text, Layout layout, TimeZoneInfo zone)
    {
        var reader = new DateReader(text);
        var fields = new DateFields();
        for (var index = 0; index < layout.Elements.Count; index++)
        {
            if (!Take(reader, layout.Elements[index], fields))
            {
                return null;
            }

            TakeUnannouncedFraction(reader, layout, index, fields);
        }

        return reader.AtEnd ? fields.ToDate(zone) : null;
    }

    private static bool Take(DateReader reader, LayoutElement element, DateFields fields)
    {
        switch (element.Part)
        {
            case LayoutPart.Literal:
                return reader.Literal(element.Text);
            case LayoutPart.LongMonth:
                return Set(reader.OneOf(LongMonths) + 1, month => fields.Month = month);
            case LayoutPart.ShortMonth:
                return Set(reader.OneOf(ShortMonths) + 1, month => fields.Month = month);
            case LayoutPart.LongWeekday:
                return reader.OneOf(LongDays) is not null;
            case LayoutPart.ShortWeekday:
                return reader.OneOf(ShortDays) is not null;
            case LayoutPart.UpperMeridiem:
                return Set(reader.OneOf(["AM", "PM"]), half => fields.IsAfternoon = half == 1);
            case LayoutPart.LowerMeridiem:
                return Set(reader.OneOf(["am", "pm"]), half => fields.IsAfternoon = half == 1);
            case LayoutPart.FixedFraction:
                return Set(reader.Fraction(element.Text.Length - 1), ticks => fields.Ticks = ticks);
            case LayoutPart.ShortFraction:
                fields.Ticks = reader.Fraction() ?? 0;
                return true;
            case LayoutPart.ZoneName:
                return Set(reader.ZoneName(), name => fields.ZoneName = name);
            case LayoutPart.Offset or LayoutPart.ZuluOffset:
                return OffsetReader.TryRead(reader, element, offset => fields.Offset = offset);
            default:
                return TakeNumber(reader, element.Part, fields);
        }
    }

    private static bool TakeNumber(DateReader reader, LayoutPart part, DateFields fields)
    {
        if (part is LayoutPart.SpaceDay or LayoutPart.SpaceYearDay)
        {
            reader.SkipSpaces();
        }

        return part switch
        {
            LayoutPart.LongYear => Set(reader.Digits(4, exactly: true), year => fields.Year = year),
            LayoutPart.ShortYear =>
                Set(reader.Digits(2, exactly: true), year => fields.Year = year + (year >= 69 ? 1900 : 2000)),
            LayoutPart.ZeroMonth => Set(reader.Digits(2, exactly: true), month => fields.Month = month),
            LayoutPart.Month => Set(reader.Digits(2, exactly: false), month => fields.Month = month),
            LayoutPart.ZeroDay => Set(reader.Digits(2, exactly: true), day => fields.Day = day),
            LayoutPart.Day or LayoutPart.SpaceDay => Set(reader.Digits(2, exactly: false), day => fields.Day = day),
            LayoutPart.ZeroYearDay => Set(reader.Digits(3, exactly: true), day => fields.YearDay = day),
            LayoutPart.SpaceYearDay => Set(reader.Digits(3, exactly: false), day => fields.YearDay = day),
            LayoutPart.ZeroHour12 => Set(reader.Digits(2, exactly: true), hour => fields.Hour = hour),
            LayoutPart.Hour24 or LayoutPart.Hour12 => Set(reader.Digits(2, exactly: false), hour => fields.Hour = hour),
            LayoutPart.ZeroMinute => Set(reader.Digits(2, exactly: true), minute => fields.Minute = minute),
            LayoutPart.Minute => Set(reader.Digits(2, exactly: false), minute => fields.Minute = minute),
            LayoutPart.ZeroSecond => Set(reader.Digits(2, exactly: true), second => fields.Second = second),
            _ => Set(reader.Digits(2, exactly: false), second => fields.Second = second),
        };
    }

    // Go reads a fraction after the seconds even where the layout does not mention one.
    private static void TakeUnannouncedFraction(DateReader reader, Layout layout, int index, DateFields fields)
    {
        var isSeconds = layout.Elements[index].Part is LayoutPart.ZeroSecond or LayoutPart.Second;
        var next = index + 1 < layout.Elements.Count ? layout.Elements[index + 1].Part : LayoutPart.Literal;
        if (isSeconds && next is not (LayoutPart.FixedFraction or LayoutPart.ShortFraction))
        {
            fields.Ticks = reader.Fraction() ?? fields.Ticks;
        }
    }

    private static bool Set<T>(T? value, Action<T> assign)
        where T : struct
    {
        if (value is not { } read)
        {
            return false;
        }

        assign(read);

        return true;
    }

    private static bool Set(string? value, Action<string> assign)
    {
        if (value is null)
        {
            return false;
        }

        assign(value);

        return true;
    }
}
