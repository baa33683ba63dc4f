using Waybill.Expressions.Ast;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Runtime;

/// <summary>A running call of a function with a predicate: its array, and the predicate's answer for any element of it.</summary>
internal sealed class PredicateCall(
    Evaluation evaluation,
    Iteration iteration,
    IReadOnlyList<object?> elements,
    Node? predicate,
    Node call,
    bool hasExtra,
    object? extra)
{
    public IReadOnlyList<object?> Elements => elements;

    public Budget Budget => evaluation.Budget;

    /// <summary>Whether the call has the argument after its predicate.</summary>
    public bool HasExtra => hasExtra;

    public object? Extra => extra;

    /// <summary>What the predicate says of an element; without a predicate, the element.</summary>
    public object? Evaluate(int index)
    {
        evaluation.Budget.Step();
        iteration.Item = elements[index];
        iteration.Index = index;
        if (predicate is null)
        {
            return iteration.Item;
        }

        // Predicates within this one leave their own iteration behind when they end, ours must be in place again.
        evaluation.Iteration = iteration;
        var value = predicate.Evaluate(evaluation);
        evaluation.Perform(call.Offset);

        return value;
    }

    public bool Holds(int index)
    {
        var answer = Evaluate(index);

        return answer is bool truth
            ? truth
            : throw new Fault($"expected the predicate to give a bool, got {ValueKind.Name(answer)}");
    }

    public object? Fold(int index, object? accumulator)
    {
        iteration.Accumulator = accumulator;

        return Evaluate(index);
    }
}
