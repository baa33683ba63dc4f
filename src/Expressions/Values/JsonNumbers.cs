using System.Globalization;

namespace Waybill.Expressions.Values;

/// <summary>JSON's numbers as ints where they are written as ints and fit one, as floats otherwise.</summary>
internal static class JsonNumbers
{
    public static object Read(string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            && long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return Boxed.Of(integer);
        }

        var real = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);

        return double.IsFinite(real) ? real : throw new ExpressionFunctionException("the JSON holds a number that fits no float");
    }
}
