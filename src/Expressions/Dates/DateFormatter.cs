using System.Globalization;
using System.Text;

namespace Waybill.Expressions.Dates;

/// <summary>Writes dates by a layout.</summary>
internal static class DateFormatter
{
    public static string Format(DateTimeOffset date, Layout layout)
    {
        var builder = new StringBuilder();
        foreach (var element in layout.Elements)
        {
            builder.Append(Text(date, element));
        }

        return builder.ToString();
    }

    private static string Text(DateTimeOffset date, LayoutElement element) => element.Part switch
    {
        LayoutPart.Literal => element.Text,
        LayoutPart.ZoneName => date.Offset == TimeSpan.Zero ? "UTC" : UnnamedZone(date.Offset),
        LayoutPart.Offset => Offset(date.Offset, element.Text),
        LayoutPart.ZuluOffset => date.Offset == TimeSpan.Zero ? "Z" : Offset(date.Offset, element.Text),
        LayoutPart.FixedFraction or LayoutPart.ShortFraction => Fraction(date, element),
        LayoutPart.UpperMeridiem => date.Hour < 12 ? "AM" : "PM",
        LayoutPart.LowerMeridiem => date.Hour < 12 ? "am" : "pm",
        LayoutPart.LongWeekday => date.DayOfWeek.ToString(),
        LayoutPart.ShortWeekday => date.DayOfWeek.ToString()[..3],
        LayoutPart.LongMonth => ((EnglishMonth)date.Month).ToString(),
        LayoutPart.ShortMonth => ((EnglishMonth)date.Month).ToString()[..3],
        _ => Number(date, element.Part),
    };

    private static string Number(DateTimeOffset date, LayoutPart part) => part switch
    {
        LayoutPart.LongYear => Padded(date.Year, 4),
        LayoutPart.ShortYear => Padded(date.Year % 100, 2),
        LayoutPart.ZeroMonth => Padded(date.Month, 2),
        LayoutPart.Month => Padded(date.Month, 1),
        LayoutPart.ZeroDay => Padded(date.Day, 2),
        LayoutPart.SpaceDay => Padded(date.Day, 2, ' '),
        LayoutPart.Day => Padded(date.Day, 1),
        LayoutPart.ZeroYearDay => Padded(date.DayOfYear, 3),
        LayoutPart.SpaceYearDay => Padded(date.DayOfYear, 3, ' '),
        LayoutPart.Hour24 => Padded(date.Hour, 2),
        LayoutPart.ZeroHour12 => Padded(Hour12(date), 2),
        LayoutPart.Hour12 => Padded(Hour12(date), 1),
        LayoutPart.ZeroMinute => Padded(date.Minute, 2),
        LayoutPart.Minute => Padded(date.Minute, 1),
        LayoutPart.ZeroSecond => Padded(date.Second, 2),
        _ => Padded(date.Second, 1),
    };

    private static int Hour12(DateTimeOffset date) => date.Hour % 12 == 0 ? 12 : date.Hour % 12;

    private static string Padded(int number, int width, char with = '0') =>
        number.ToString(CultureInfo.InvariantCulture).PadLeft(width, with);

    private static string Fraction(DateTimeOffset date, LayoutElement element)
    {
        var width = element.Text.Length - 1;
        var digits = (date.Ticks % TimeSpan.TicksPerSecond)
            .ToString("0000000", CultureInfo.InvariantCulture)
            .PadRight(Math.Max(7, width), '0')[..width];
        if (element.Part == LayoutPart.ShortFraction)
        {
            digits = digits.TrimEnd('0');
        }

        return digits.Length == 0 ? "" : element.Text[0] + digits;
    }

    private static string Offset(TimeSpan offset, string pattern)
    {
        var size = offset.Duration();
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        var colon = pattern.Contains(':', StringComparison.Ordinal) ? ":" : "";
        var text = $"{sign}{size.Hours:00}";
        var digits = pattern.Count(char.IsAsciiDigit);
        if (digits >= 4)
        {
            text += $"{colon}{size.Minutes:00}";
        }

        return digits == 6 ? $"{text}{colon}{size.Seconds:00}" : text;
    }

    // What Go prints for a zone of which it knows no abbreviation.
    private static string UnnamedZone(TimeSpan offset) => Offset(offset, offset.Minutes == 0 ? "-07" : "-0700");
}
