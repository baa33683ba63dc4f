using Waybill.Expressions.Values;

namespace Waybill.Expressions.Builtins;

/// <summary>Functions of the bits of integers.</summary>
internal static class BitBuiltins
{
    private const int Bits = 64;

    public static readonly Builtin[] All =
    [
        Binary("bitand", (left, right) => left & right),
        Binary("bitor", (left, right) => left | right),
        Binary("bitxor", (left, right) => left ^ right),
        Binary("bitnand", (left, right) => left & ~right),
        Shift("bitshl", (value, count) => count >= Bits ? 0 : value << (int)count),
        Shift("bitshr", (value, count) => value >> (int)Math.Min(count, Bits - 1)),
        Shift("bitushr", (value, count) => count >= Bits ? 0 : (long)((ulong)value >> (int)count)),
        new("bitnot", 1, 1, (_, arguments) => Boxed.Of(~Integer(arguments[0], "bitnot"))),
    ];

    private static Builtin Binary(string name, Func<long, long, long> operation) =>
        new(name, 2, 2, (_, arguments) => Boxed.Of(operation(Integer(arguments[0], name), Integer(arguments[1], name))));

    private static Builtin Shift(string name, Func<long, long, long> shift) => Binary(name, (value, count) =>
        count >= 0 ? shift(value, count) : throw new Fault($"{name}: negative shift count {count}"));

    private static long Integer(object? value, string name) =>
        Number.TryGet(value, out var number) && number.IsInteger
            ? number.Integer
            : throw new Fault($"{name}: expected an int, got {ValueKind.Name(value)}");
}
