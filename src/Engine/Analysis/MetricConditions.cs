using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Expressions;

namespace Waybill.Engine.Analysis;

/// <summary>Judges a measured value by a metric's conditions, as Argo Rollouts does (<c>utils/evaluate</c>).</summary>
internal static class MetricConditions
{
    public static (VerificationPhase Phase, string Message) Judge(MetricSpec metric, object? result, DateTimeOffset now)
    {
        var options = new EvaluationOptions { Now = now };
        var scope = ArgoRolloutsFunctions.ScopeOf(result);
        try
        {
            var success = metric.SuccessCondition is { } successCondition ? IsTrue(successCondition, scope, options) : (bool?)null;
            var failure = metric.FailureCondition is { } failureCondition ? IsTrue(failureCondition, scope, options) : (bool?)null;
            return (success, failure) switch
            {
                (_, true) => (VerificationPhase.Failed, $"failureCondition {metric.FailureCondition} is met."),
                (false, null) => (VerificationPhase.Failed, $"successCondition {metric.SuccessCondition} is not met."),
                (false, false) => (VerificationPhase.Inconclusive, "Neither successCondition nor failureCondition is met."),
                _ => (VerificationPhase.Successful, ""),
            };
        }
        catch (Exception error) when (error is ExpressionException or ExpressionFunctionException)
        {
            var nothing = result is null or "" or IReadOnlyList<object?> { Count: 0 } ? "The answer is empty. " : "";
            return (VerificationPhase.Error, $"{nothing}The conditions can't be evaluated: {error.Message}");
        }
    }

    // Not from the cache: a condition may hold secrets, and most hold a commit that never comes again.
    private static bool IsTrue(string condition, ExpressionScope scope, EvaluationOptions options) => Expression.Parse(condition).Evaluate(scope, options) switch
    {
        bool truth => truth,
        var other => throw new ExpressionFunctionException($"{condition} is {other ?? "nil"}, not true or false"),
    };
}
