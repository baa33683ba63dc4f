using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Ast;

/// <summary>A part of a parsed expression: where it stands and how to evaluate it. Immutable, shared by all evaluations.</summary>
internal abstract class Node
{
    protected Node(int offset, params ReadOnlySpan<Node?> children)
    {
        Offset = offset;
        foreach (var child in children)
        {
            Height = Math.Max(Height, (child?.Height ?? 0) + 1);
        }
    }

    public int Offset { get; }

    /// <summary>Nodes on the longest way down, which is how deep evaluation recurses.</summary>
    public int Height { get; }

    public abstract object? Evaluate(Evaluation evaluation);
}
