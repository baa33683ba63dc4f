using Waybill.Expressions.Builtins;
using Waybill.Expressions.Values;

namespace Waybill.Expressions;

/// <summary>The functions that conditions of Argo Rollouts have besides the built-in ones.</summary>
/// <remarks>
/// Argo's isNil and default look at the metric's result whatever their first argument is; here they look at the argument,
/// which is the same for the documented <c>default(result, x)</c> and right for the rest.
/// </remarks>
public static class ArgoRolloutsFunctions
{
    public static readonly IReadOnlyList<ExpressionFunction> All =
    [
        new("asInt", 1, 1, (_, arguments) => Boxed.Of(ConversionBuiltins.ToInteger(arguments[0]))),
        new("asFloat", 1, 1, (_, arguments) => Boxed.Of(ConversionBuiltins.ToReal(arguments[0]))),
        new("isNaN", 1, 1, (_, arguments) => Boxed.Of(double.IsNaN(Number.ToReal(arguments[0], "isNaN")))),
        new("isInf", 1, 1, (_, arguments) => Boxed.Of(double.IsInfinity(Number.ToReal(arguments[0], "isInf")))),
        new("isNil", 1, 1, (_, arguments) => Boxed.Of(arguments[0] is null)),
        new("default", 2, 2, (_, arguments) => arguments[0] ?? arguments[1]),
    ];

    /// <summary>The scope of a metric's conditions: its measured value as <c>result</c>, and these functions.</summary>
    public static ExpressionScope ScopeOf(object? result, IExpressionScope? outer = null) =>
        new ExpressionScope.Builder(outer).Variable("result", result).Functions(All).Build();
}
