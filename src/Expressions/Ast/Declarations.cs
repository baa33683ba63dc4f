using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

/// <summary><c>let name = value; body</c>.</summary>
internal sealed class LetNode(int offset, int slot, Node value, Node body) : Node(offset, value, body)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Budget.Step();
        evaluation.Locals[slot] = value.Evaluate(evaluation);

        return body.Evaluate(evaluation);
    }
}

/// <summary><c>first; second; last</c>, worth its last.</summary>
internal sealed class SequenceNode(int offset, Node[] nodes) : Node(offset, nodes)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        object? last = null;
        foreach (var node in nodes)
        {
            last = node.Evaluate(evaluation);
        }

        return last;
    }
}

/// <summary><c>condition ? then : otherwise</c> and <c>if condition { then } else { otherwise }</c>.</summary>
internal sealed class ConditionalNode(int offset, Node condition, Node then, Node otherwise)
    : Node(offset, condition, then, otherwise)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var truth = condition.Evaluate(evaluation);
        evaluation.Perform(condition.Offset);

        return (ValueKind.IsTrue(truth) ? then : otherwise).Evaluate(evaluation);
    }
}
