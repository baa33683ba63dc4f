using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

/// <summary>What a member access gives when <c>?.</c> met nil: the rest of its chain is skipped.</summary>
internal sealed class ChainStop
{
    public static readonly ChainStop Instance = new();
}

/// <summary>A chain of accesses with a <c>?.</c> in it.</summary>
internal sealed class ChainNode(int offset, Node inner) : Node(offset, inner)
{
    public Node Inner => inner;

    public override object? Evaluate(Evaluation evaluation)
    {
        var value = inner.Evaluate(evaluation);

        return value is ChainStop ? null : value;
    }
}

/// <summary><c>target.name</c> and <c>target?.name</c>.</summary>
internal sealed class MemberNode(int offset, Node target, string name, bool isOptional) : Node(offset, target)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = target.Evaluate(evaluation);
        if (value is ChainStop || (value is null && isOptional))
        {
            return ChainStop.Instance;
        }

        evaluation.Perform(Offset);

        return Access.Field(value, name);
    }
}

/// <summary><c>target[index]</c> and <c>target?.[index]</c>.</summary>
internal sealed class IndexNode(int offset, Node target, Node index, bool isOptional) : Node(offset, target, index)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = target.Evaluate(evaluation);
        if (value is null && isOptional)
        {
            return ChainStop.Instance;
        }

        var position = index.Evaluate(evaluation);
        evaluation.Perform(index.Offset);

        return Access.Element(value, position);
    }
}

/// <summary><c>target[from:to]</c>, either end of which may be missing.</summary>
internal sealed class SliceNode(int offset, Node target, Node? from, Node? to) : Node(offset, target, from, to)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = target.Evaluate(evaluation);
        var first = Bound(from, evaluation);
        var last = Bound(to, evaluation);
        evaluation.Perform(Offset);

        return Access.Slice(value, first, last, evaluation.Budget);
    }

    private static object? Bound(Node? node, Evaluation evaluation) =>
        node is null ? null : node.Evaluate(evaluation) ?? throw new Fault("slice index: expected an int, got nil");
}
