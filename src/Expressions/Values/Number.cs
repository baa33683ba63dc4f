namespace Waybill.Expressions.Values;

/// <summary>An int or a float, told apart until an operation mixes them, which makes a float.</summary>
internal readonly struct Number
{
    private readonly long _integer;
    private readonly double _real;

    private Number(long integer, double real, bool isInteger)
    {
        _integer = integer;
        _real = real;
        IsInteger = isInteger;
    }

    public bool IsInteger { get; }

    public long Integer => _integer;

    public double Real => IsInteger ? _integer : _real;

    public static bool TryGet(object? value, out Number number)
    {
        (number, var found) = value switch
        {
            long integer => (new Number(integer, 0, true), true),
            double real => (new Number(0, real, false), true),
            NamedNumber named => (new Number(named.Value, 0, true), true),
            _ => (default, false),
        };

        return found;
    }

    public bool IsEqualTo(Number other) =>
        IsInteger && other.IsInteger ? _integer == other._integer : Real == other.Real;

    /// <summary>Negative, zero, positive; null when either is not a number at all, which compares false to everything.</summary>
    public int? CompareTo(Number other)
    {
        if (IsInteger && other.IsInteger)
        {
            return _integer.CompareTo(other._integer);
        }

        return double.IsNaN(Real) || double.IsNaN(other.Real) ? null : Real.CompareTo(other.Real);
    }

    /// <summary>The integer that an index, a range's end or a count is; a float is cut to its whole part.</summary>
    public static long ToInteger(object? value, string what)
    {
        if (!TryGet(value, out var number))
        {
            throw new Fault($"{what}: expected an int, got {ValueKind.Name(value)}");
        }

        return number.IsInteger ? number.Integer : Whole(number.Real, what);
    }

    public static long Whole(double real, string what) =>
        real is >= -9223372036854775808.0 and < 9223372036854775808.0
            ? (long)real
            : throw new Fault($"{what}: the float does not fit an int");

    public static double ToReal(object? value, string what) =>
        TryGet(value, out var number)
            ? number.Real
            : throw new Fault($"{what}: expected a number, got {ValueKind.Name(value)}");
}
