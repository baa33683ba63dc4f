namespace Waybill.Expressions.Dates;

/// <summary>Reads an offset from UTC as its layout writes it, such as <c>-07:00</c>.</summary>
internal static class OffsetReader
{
    public static bool TryRead(DateReader reader, LayoutElement element, Action<TimeSpan> assign)
    {
        if (element.Part == LayoutPart.ZuluOffset && reader.Accept("Z"))
        {
            assign(TimeSpan.Zero);

            return true;
        }

        var negative = reader.Accept("-");
        if (!negative && !reader.Accept("+"))
        {
            return false;
        }

        if (Size(reader, element.Text) is not { } size)
        {
            return false;
        }

        assign(negative ? -size : size);

        return true;
    }

    private static TimeSpan? Size(DateReader reader, string pattern)
    {
        var hasColons = pattern.Contains(':', StringComparison.Ordinal);
        var fields = pattern.Count(char.IsAsciiDigit) / 2;
        var numbers = new int[3];
        for (var index = 0; index < fields; index++)
        {
            if (index > 0 && hasColons && !reader.Accept(":"))
            {
                return null;
            }

            if (reader.Digits(2, exactly: true) is not { } number || number >= (index == 0 ? 25 : 60))
            {
                return null;
            }

            numbers[index] = number;
        }

        return new TimeSpan(numbers[0], numbers[1], numbers[2]);
    }
}
