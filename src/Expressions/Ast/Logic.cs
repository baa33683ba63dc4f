using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

internal sealed class NotNode(int offset, Node operand) : Node(offset, operand)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = operand.Evaluate(evaluation);
        evaluation.Perform(Offset);

        return Boxed.Of(!ValueKind.IsTrue(value));
    }
}

/// <summary><c>and</c>, <c>or</c>: the right side only when the left leaves it open.</summary>
internal sealed class LogicNode(int offset, bool decisive, Node left, Node right) : Node(offset, left, right)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        if (Truth(left, evaluation) == decisive)
        {
            return Boxed.Of(decisive);
        }

        return Boxed.Of(Truth(right, evaluation));
    }

    private static bool Truth(Node node, Evaluation evaluation)
    {
        var value = node.Evaluate(evaluation);
        evaluation.Perform(node.Offset);

        return ValueKind.IsTrue(value);
    }
}

/// <summary><c>left ?? right</c>.</summary>
internal sealed class CoalesceNode(int offset, Node left, Node right) : Node(offset, left, right)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Budget.Step();

        return left.Evaluate(evaluation) ?? right.Evaluate(evaluation);
    }
}

/// <summary><c>a &lt; b &lt;= c</c>: every neighbouring pair in order, each operand evaluated once at most.</summary>
internal sealed class OrderingNode(Node first, (string Operation, int Offset, Node Operand)[] rest)
    : Node(rest[0].Offset, [first, .. rest.Select(link => link.Operand)])
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var left = first.Evaluate(evaluation);
        foreach (var (operation, offset, operand) in rest)
        {
            var right = operand.Evaluate(evaluation);
            evaluation.Perform(offset);
            if (!Holds(operation, Ordering.Compare(left, right, operation, evaluation.Budget)))
            {
                return Boxed.False;
            }

            left = right;
        }

        return Boxed.True;
    }

    private static bool Holds(string operation, int? order) => operation switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
