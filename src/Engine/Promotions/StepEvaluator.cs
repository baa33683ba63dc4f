using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Secrets;
using Waybill.Engine.Steps;
using Waybill.Expressions;

namespace Waybill.Engine.Promotions;

/// <summary>Evaluates a step's condition and configuration, reading the secrets and config maps that their expressions ask for.</summary>
public sealed class StepEvaluator(PromotionScope scopes, ExpressionCache cache, ISecretSource secrets, IConfigMapSource configMaps)
{
    /// <summary>What one run of a step looks up; its masker knows every secret that was read.</summary>
    public Lookups Lookups(string project) => new(secrets, configMaps, project);

    /// <summary>The configuration, or why the step is not to run.</summary>
    /// <exception cref="ExpressionException">An expression can't be evaluated.</exception>
    /// <exception cref="StepConfigException">The condition is neither true nor false.</exception>
    public Task<EvaluatedStep> EvaluateAsync(
        Promotion promotion, int index, PromotionFacts facts, DateTimeOffset now, CancellationToken cancellationToken) =>
        facts.Lookups is { } lookups
            ? lookups.EvaluateAsync(() => Evaluate(promotion, index, facts, now), cancellationToken)
            : Task.FromResult(Evaluate(promotion, index, facts, now));

    private EvaluatedStep Evaluate(Promotion promotion, int index, PromotionFacts facts, DateTimeOffset now)
    {
        var (step, state) = (promotion.Steps[index], promotion.StepStates[index]);
        var scope = scopes.For(promotion, index, facts, now);
        var options = new EvaluationOptions { Now = now };
        var isFirstRun = state is { Wait: null, Memory: null };
        return isFirstRun && Refuses(promotion, step, scope, options) is { } reason
            ? new EvaluatedStep([], reason)
            : new EvaluatedStep((JsonObject)Template.EvaluateJson(step.Config, scope, options, cache)!, null);
    }

    private string? Refuses(Promotion promotion, PromotionStep step, ExpressionScope scope, EvaluationOptions options)
    {
        if (step.If is not { Length: > 0 } condition)
        {
            return promotion.WorstStepPhase.IsUnsuccessful() ? "A step before it did not succeed." : null;
        }

        var truth = condition.Contains("${{", StringComparison.Ordinal) || condition.Contains("${%", StringComparison.Ordinal)
            ? cache.Template(condition).Evaluate(scope, options)
            : cache.Expression(condition).Evaluate(scope, options);
        return truth switch
        {
            true => null,
            false => $"Its condition {condition} is false.",
            _ => throw new StepConfigException($"if: {condition} is {truth ?? "nil"}, not true or false."),
        };
    }
}

/// <summary>A step's configuration, expressions evaluated.</summary>
/// <param name="Refusal">Why the step is skipped; null when it is to run.</param>
public sealed record EvaluatedStep(JsonObject Config, string? Refusal);
