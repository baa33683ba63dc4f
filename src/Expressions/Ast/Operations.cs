using Waybill.Expressions.Patterns;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

internal delegate object? BinaryOperation(object? left, object? right, Budget budget);

/// <summary>An operator that looks at both of its sides.</summary>
internal sealed class BinaryNode(int offset, BinaryOperation operation, Node left, Node right) : Node(offset, left, right)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var first = left.Evaluate(evaluation);
        var second = right.Evaluate(evaluation);
        evaluation.Perform(Offset);

        return operation(first, second, evaluation.Budget);
    }
}

/// <summary>A sign before a number.</summary>
internal sealed class SignNode(int offset, bool negative, Node operand) : Node(offset, operand)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = operand.Evaluate(evaluation);
        evaluation.Perform(Offset);

        return negative
            ? Arithmetic.Negate(value)
            : Number.TryGet(value, out _) ? value : throw new Fault($"invalid operation: + {ValueKind.Name(value)}");
    }
}

/// <summary><c>text matches pattern</c>; a pattern that is a literal was compiled with the expression.</summary>
internal sealed class MatchesNode(int offset, Node text, Node pattern, TextPattern? compiled) : Node(offset, text, pattern)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var subject = text.Evaluate(evaluation);
        var expected = compiled is null ? pattern.Evaluate(evaluation) : null;
        evaluation.Perform(Offset);
        var match = compiled ?? Compile(expected, evaluation);

        return Boxed.Of(match is not null && match.Matches(subject, evaluation.Budget));
    }

    private static TextPattern? Compile(object? pattern, Evaluation evaluation)
    {
        if (pattern is null)
        {
            return null;
        }

        var source = ValueKind.Text(pattern, "matches");
        if (!evaluation.Patterns.TryGetValue(source, out var compiled))
        {
            // Compiling takes a good part of a millisecond: a loop that makes new patterns must run out soon.
            evaluation.Budget.Steps(5_000 + 100L * source.Length);
            evaluation.Patterns[source] = compiled = TextPattern.Compile(source);
        }

        return compiled;
    }
}

/// <summary><c>from..to</c>.</summary>
internal sealed class RangeNode(int offset, Node from, Node to) : Node(offset, from, to)
{
    public Node From => from;

    public Node To => to;

    public override object? Evaluate(Evaluation evaluation)
    {
        var first = from.Evaluate(evaluation);
        var last = to.Evaluate(evaluation);
        evaluation.Perform(Offset);

        return IntegerRange.Between(
            Number.ToInteger(first, "range"),
            Number.ToInteger(last, "range"),
            evaluation.Budget);
    }
}

/// <summary><c>number in from..to</c>, which needs no array.</summary>
internal sealed class InRangeNode(int offset, Node needle, Node from, Node to) : Node(offset, needle, from, to)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = needle.Evaluate(evaluation);
        var first = from.Evaluate(evaluation);
        var last = to.Evaluate(evaluation);
        evaluation.Perform(Offset);
        var (least, most) = (Number.ToInteger(first, "range"), Number.ToInteger(last, "range"));

        return Boxed.Of(Number.TryGet(value, out var number)
            && number.Real >= least
            && number.Real <= most
            && (number.IsInteger || double.IsInteger(number.Real)));
    }
}
