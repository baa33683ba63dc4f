using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

/// <summary>What each plain operator does.</summary>
internal static class BinaryOperations
{
    public static BinaryOperation Of(string operation) => operation switch
    {
        "==" => static (left, right, budget) => Boxed.Of(Equality.AreEqual(left, right, budget)),
        "!=" => static (left, right, budget) => Boxed.Of(!Equality.AreEqual(left, right, budget)),
        "in" => static (left, right, budget) => Boxed.Of(Access.Contains(left, right, budget)),
        "contains" => static (left, right, budget) => Boxed.Of(Contains(left, right, budget)),
        "startsWith" => static (left, right, budget) => Boxed.Of(StartsWith(left, right, budget)),
        "endsWith" => static (left, right, budget) => Boxed.Of(EndsWith(left, right, budget)),
        "+" => Arithmetic.Add,
        "-" => Arithmetic.Subtract,
        "*" => Arithmetic.Multiply,
        "/" => Arithmetic.Divide,
        "%" => Arithmetic.Remainder,
        "**" or "^" => Arithmetic.Power,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not a plain operator."),
    };

    private static bool Contains(object? left, object? right, Budget budget)
    {
        if (!TryTexts(left, right, "contains", out var text, out var part))
        {
            return false;
        }

        budget.Search(text, part);

        return text.Contains(part, StringComparison.Ordinal);
    }

    private static bool StartsWith(object? left, object? right, Budget budget)
    {
        if (!TryTexts(left, right, "startsWith", out var text, out var part))
        {
            return false;
        }

        budget.Scan(part);

        return text.StartsWith(part, StringComparison.Ordinal);
    }

    private static bool EndsWith(object? left, object? right, Budget budget)
    {
        if (!TryTexts(left, right, "endsWith", out var text, out var part))
        {
            return false;
        }

        budget.Scan(part);

        return text.EndsWith(part, StringComparison.Ordinal);
    }

    // With nil on either side these operators say false, as in expr-lang.
    private static bool TryTexts(object? left, object? right, string operation, out string text, out string part)
    {
        (text, part) = ("", "");
        if (left is null || right is null)
        {
            return false;
        }

        (text, part) = (ValueKind.Text(left, operation), ValueKind.Text(right, operation));

        return true;
    }
}
