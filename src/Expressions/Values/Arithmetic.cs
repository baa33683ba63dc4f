using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Values;

/// <summary>The arithmetic operators; integers wrap at 64 bits as Go's do, division and powers are always floats.</summary>
internal static class Arithmetic
{
    public static object Add(object? left, object? right, Budget budget)
    {
        if (Number.TryGet(left, out var a) && Number.TryGet(right, out var b))
        {
            return a.IsInteger && b.IsInteger ? Boxed.Of(unchecked(a.Integer + b.Integer)) : Boxed.Of(a.Real + b.Real);
        }

        return (left, right) switch
        {
            (string first, string second) => Concatenate(first, second, budget),
            (DateTimeOffset date, TimeSpan span) => Dates.Instants.Shift(date, span),
            (TimeSpan span, DateTimeOffset date) => Dates.Instants.Shift(date, span),
            (TimeSpan first, TimeSpan second) => new TimeSpan(unchecked(first.Ticks + second.Ticks)),
            _ => throw Invalid(left, "+", right),
        };
    }

    public static object Subtract(object? left, object? right, Budget _)
    {
        if (Number.TryGet(left, out var a) && Number.TryGet(right, out var b))
        {
            return a.IsInteger && b.IsInteger ? Boxed.Of(unchecked(a.Integer - b.Integer)) : Boxed.Of(a.Real - b.Real);
        }

        return (left, right) switch
        {
            (DateTimeOffset first, DateTimeOffset second) => first - second,
            (DateTimeOffset date, TimeSpan span) => Dates.Instants.Shift(date, new TimeSpan(unchecked(-span.Ticks))),
            (TimeSpan first, TimeSpan second) => new TimeSpan(unchecked(first.Ticks - second.Ticks)),
            _ => throw Invalid(left, "-", right),
        };
    }

    public static object Multiply(object? left, object? right, Budget _)
    {
        if (Number.TryGet(left, out var a) && Number.TryGet(right, out var b))
        {
            return a.IsInteger && b.IsInteger ? Boxed.Of(unchecked(a.Integer * b.Integer)) : Boxed.Of(a.Real * b.Real);
        }

        return (left, right) switch
        {
            (TimeSpan span, _) when Number.TryGet(right, out var times) => Times(span, times),
            (_, TimeSpan span) when Number.TryGet(left, out var times) => Times(span, times),
            _ => throw Invalid(left, "*", right),
        };
    }

    public static object Divide(object? left, object? right, Budget _) =>
        Number.TryGet(left, out var a) && Number.TryGet(right, out var b)
            ? Boxed.Of(a.Real / b.Real)
            : throw Invalid(left, "/", right);

    public static object Remainder(object? left, object? right, Budget _)
    {
        if (!Number.TryGet(left, out var a) || !Number.TryGet(right, out var b) || !a.IsInteger || !b.IsInteger)
        {
            throw Invalid(left, "%", right);
        }

        return b.Integer switch
        {
            0 => throw new Fault("integer divide by zero"),
            -1 => Boxed.Of(0L),
            _ => Boxed.Of(a.Integer % b.Integer),
        };
    }

    public static object Power(object? left, object? right, Budget _) =>
        Number.TryGet(left, out var a) && Number.TryGet(right, out var b)
            ? Boxed.Of(Math.Pow(a.Real, b.Real))
            : throw Invalid(left, "**", right);

    public static object Negate(object? value)
    {
        if (!Number.TryGet(value, out var number))
        {
            throw new Fault($"invalid operation: - {ValueKind.Name(value)}");
        }

        return number.IsInteger ? Boxed.Of(unchecked(-number.Integer)) : Boxed.Of(-number.Real);
    }

    private static string Concatenate(string left, string right, Budget budget)
    {
        budget.Characters((long)left.Length + right.Length);

        return string.Concat(left, right);
    }

    // As in expr-lang, a duration times a float is a float of nanoseconds.
    private static object Times(TimeSpan span, Number times) =>
        times.IsInteger
            ? new TimeSpan(unchecked(span.Ticks * times.Integer))
            : Boxed.Of(Dates.Durations.Nanoseconds(span) * times.Real);

    private static Fault Invalid(object? left, string operation, object? right) =>
        new($"invalid operation: {ValueKind.Name(left)} {operation} {ValueKind.Name(right)}");
}
