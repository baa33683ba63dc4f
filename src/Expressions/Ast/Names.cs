using Waybill.Expressions.Builtins;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

/// <summary>A variable of the scope.</summary>
internal sealed class VariableNode(int offset, string name) : Node(offset)
{
    // Kargo's manifests write null where the language has nil.
    private const string Null = "null";

    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Perform(Offset);
        if (evaluation.TryGetVariable(name, out var value))
        {
            return value;
        }

        return name == Null ? null : throw Unknown(evaluation.Scope);
    }

    private Fault Unknown(IExpressionScope scope) =>
        scope.TryGetFunction(name, out _) || BuiltinTable.IsBuiltin(name)
            ? new Fault($"{name} is a function; call it as {name}(...)")
            : new Fault($"unknown name {name}{NearestName.Suggest(name, scope.VariableNames)}");
}

/// <summary>All variables of the scope as a map, <c>$env</c>.</summary>
internal sealed class EnvironmentNode(int offset) : Node(offset)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Perform(Offset);

        return new EnvironmentMap(evaluation);
    }
}

/// <summary>A variable declared by <c>let</c>.</summary>
internal sealed class LocalNode(int offset, int slot) : Node(offset)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Budget.Step();

        return evaluation.Locals[slot];
    }
}

/// <summary>The element, index or accumulator of the predicate's array: <c>#</c>, <c>#index</c>, <c>#acc</c>.</summary>
internal sealed class PointerNode(int offset, Pointer pointer) : Node(offset)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Budget.Step();
        var iteration = evaluation.Iteration!;

        return pointer switch
        {
            Pointer.Item => iteration.Item,
            Pointer.Index => Boxed.Of(iteration.Index),
            _ => iteration.Accumulator,
        };
    }
}

internal enum Pointer
{
    Item,
    Index,
    Accumulator,
}
