using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Builtins;

/// <summary>A built-in function of values.</summary>
internal sealed record Builtin(string Name, int MinArguments, int MaxArguments, Func<Evaluation, object?[], object?> Body);

/// <summary>A built-in function of an array, a predicate over its elements and, for some, one more value.</summary>
internal sealed record PredicateBuiltin(
    string Name,
    bool NeedsPredicate,
    bool TakesExtra,
    Func<PredicateCall, object?> Body);
