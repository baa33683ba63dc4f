using Waybill.Expressions.Builtins;
using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

/// <summary>A call of a function of the scope.</summary>
internal sealed class CallNode(int offset, string name, Node[] arguments) : Node(offset, arguments)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Perform(Offset);
        if (!evaluation.Scope.TryGetFunction(name, out var function))
        {
            throw Unknown(evaluation.Scope);
        }

        var values = Arguments.Evaluate(arguments, evaluation);
        evaluation.Perform(Offset);

        return Charged(function.Call(evaluation, values), evaluation.Budget);
    }

    private static object? Charged(object? value, Budget budget)
    {
        if (value is string text)
        {
            budget.Characters(text.Length);
        }

        return value;
    }

    private Fault Unknown(IExpressionScope scope) =>
        scope.TryGetValue(name, out _)
            ? new Fault($"{name} is not a function")
            : new Fault($"unknown name {name}{NearestName.Suggest(name, scope.FunctionNames.Concat(BuiltinTable.Names))}");
}

/// <summary>A call of a built-in function that takes values.</summary>
internal sealed class BuiltinNode(int offset, Builtin builtin, Node[] arguments) : Node(offset, arguments)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var values = Arguments.Evaluate(arguments, evaluation);
        evaluation.Perform(Offset);

        return builtin.Body(evaluation, values);
    }
}

/// <summary>A call of a built-in function that takes a predicate, which it evaluates for elements of an array.</summary>
internal sealed class PredicateCallNode(int offset, PredicateBuiltin builtin, Node array, Node? predicate, Node? extra)
    : Node(offset, array, predicate, extra)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = array.Evaluate(evaluation);
        var more = extra?.Evaluate(evaluation);
        evaluation.Perform(Offset);
        var elements = ValueKind.Array(value, builtin.Name);
        var outer = evaluation.Iteration;
        var iteration = new Iteration();
        evaluation.Iteration = iteration;
        var call = new PredicateCall(evaluation, iteration, elements, predicate, this, extra is not null, more);
        var result = builtin.Body(call);
        evaluation.Iteration = outer;

        return result;
    }
}

/// <summary><c>target.name(arguments)</c>: a method of a date or duration, or a function that a map holds.</summary>
internal sealed class MethodCallNode(int offset, Node target, string name, bool isOptional, Node[] arguments)
    : Node(offset, [target, .. arguments])
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = target.Evaluate(evaluation);
        if (value is ChainStop || (value is null && isOptional))
        {
            return ChainStop.Instance;
        }

        var values = Arguments.Evaluate(arguments, evaluation);
        evaluation.Perform(Offset);
        if (value is IReadOnlyDictionary<string, object?>)
        {
            return Access.Field(value, name) is ExpressionFunction function
                ? function.Call(evaluation, values)
                : throw new Fault($"{name} is not a function");
        }

        return Methods.Call(value, name, values);
    }
}
