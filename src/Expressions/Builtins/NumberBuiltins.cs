using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions of one number.</summary>
internal static class NumberBuiltins
{
    public static readonly Builtin[] All =
    [
        new("abs", 1, 1, (_, arguments) => Abs(arguments[0])),
        new("ceil", 1, 1, (_, arguments) => Boxed.Of(Math.Ceiling(Number.ToReal(arguments[0], "ceil")))),
        new("floor", 1, 1, (_, arguments) => Boxed.Of(Math.Floor(Number.ToReal(arguments[0], "floor")))),
        new("round", 1, 1, (_, arguments) =>
            Boxed.Of(Math.Round(Number.ToReal(arguments[0], "round"), MidpointRounding.AwayFromZero))),
    ];

    private static object Abs(object? value)
    {
        if (!Number.TryGet(value, out var number))
        {
            throw new Fault($"abs: expected a number, got {ValueKind.Name(value)}");
        }

        return number.IsInteger
            ? Boxed.Of(number.Integer < 0 ? unchecked(-number.Integer) : number.Integer)
            : Boxed.Of(Math.Abs(number.Real));
    }
}
