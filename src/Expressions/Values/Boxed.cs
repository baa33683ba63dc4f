namespace Waybill.Expressions.Values;

/// <summary>Boxes of the values that evaluations produce most, so that counting does not allocate.</summary>
internal static class Boxed
{
    public static readonly object True = true;
    public static readonly object False = false;

    private const int Least = -128;
    private const int Most = 1023;

    private static readonly object[] Integers =
        Enumerable.Range(Least, Most - Least + 1).Select(value => (object)(long)value).ToArray();

    public static object Of(bool value) => value ? True : False;

    public static object Of(long value) => value is >= Least and <= Most ? Integers[value - Least] : value;

    public static object Of(double value) => value;
}
