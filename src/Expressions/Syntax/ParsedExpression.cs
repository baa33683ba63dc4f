using Waybill.Expressions.Ast;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Syntax;

/// <summary>An expression ready to evaluate, and the names it looks up in its scope.</summary>
internal sealed record ParsedExpression(
    SourceText Source,
    Node Root,
    int LocalCount,
    IReadOnlySet<string> Variables,
    IReadOnlySet<string> Functions)
{
    /// <summary>The value as operations have it, kinds included that only the language knows.</summary>
    public object? Evaluate(Evaluation evaluation)
    {
        evaluation.Locals = LocalCount == 0 ? [] : new object?[LocalCount];
        evaluation.Iteration = null;

        return Root.Evaluate(evaluation);
    }
}
