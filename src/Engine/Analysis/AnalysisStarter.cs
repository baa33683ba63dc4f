using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;
using Waybill.Expressions;

namespace Waybill.Engine.Analysis;

/// <summary>Starts the run of a promotion's analysis: evaluates its arguments, and sees whether an initial delay has anything to wait for.</summary>
public sealed class AnalysisStarter(PromotionScope scopes, ExpressionCache cache, StepEvaluator evaluator, VerificationOptions options)
{
    private readonly UlidSequence _names = new();

    /// <summary>The promotion with a run begun; nothing is measured yet.</summary>
    internal async Task<Promotion> StartAsync(PromotionSession session, StageHealth health, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var promotion = session.Promotion.Value;
        var plan = promotion.Analysis!;
        var run = new AnalysisRun
        {
            Name = PromotionName.Of(promotion.Stage, _names.Next(now), promotion.Freight.Id),
            Actor = promotion.Verification!.RequestedBy ?? "waybill",
            StartedAt = now,
            Deadline = now,
            IsEndKnown = IsEndKnown(promotion, health),
        };
        try
        {
            run = run with { Arguments = await EvaluateAsync(session, plan, now, cancellationToken) };
        }
        catch (Exception error) when (error is ExpressionException or ExpressionFunctionException or Ports.SecretUnavailableException)
        {
            return promotion.StartRun(run.End(VerificationPhase.Error, error.Message, now), plan.Metrics, now);
        }

        var metrics = plan.MetricsOf(run);
        run = run with { Deadline = now + AnalysisBounds.Longest(metrics, promotion.HealthTimeout) };
        var problem = plan.Metrics.Select(m => m.Deferred.Count == 0 ? null : DeferredFields.Resolve(m, run.Arguments).Problem).FirstOrDefault(p => p is not null);
        return promotion.StartRun(problem is null ? run : run.End(VerificationPhase.Error, problem, now), metrics, now);
    }

    /// <summary>A healthy stage whose Stacks report what was promoted has nothing left that a delay could wait for.</summary>
    private bool IsEndKnown(Promotion promotion, StageHealth health) =>
        !options.HonorInitialDelay && health.State is HealthState.Healthy && promotion.HealthChecks.Any(c => c is StackHealthCheck);

    private async Task<IReadOnlyList<AnalysisArgument>> EvaluateAsync(
        PromotionSession session, AnalysisPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var promotion = session.Promotion.Value;
        var lookups = evaluator.Lookups(promotion.Project);
        var facts = (ReadsMetadata(promotion) ? await session.FactsAsync(cancellationToken) : PromotionFacts.None) with { Lookups = lookups };
        var arguments = await lookups.EvaluateAsync(() => Evaluate(promotion, plan, facts, now), cancellationToken);
        return arguments.Find(a => a.Value is { } value && lookups.Masker.Reveals(value)) is { } revealing
            ? throw new ExpressionFunctionException(
                $"The argument {revealing.Name} would store the value of a secret: take it from the template's valueFrom.secretKeyRef instead.")
            : arguments;
    }

    private List<AnalysisArgument> Evaluate(Promotion promotion, AnalysisPlan plan, PromotionFacts facts, DateTimeOffset now)
    {
        var scope = scopes.ForVerification(promotion, facts, now);
        var evaluation = new EvaluationOptions { Now = now };
        return [.. plan.Arguments.Select(a => a is { Value: { } value, Secret: null } ? a with { Value = cache.Template(value).EvaluateText(scope, evaluation) } : a)];
    }

    private static bool ReadsMetadata(Promotion promotion) =>
        promotion.Vars.Select(v => v.Value).Concat(promotion.Analysis!.Arguments.Select(a => a.Value ?? ""))
            .Any(text => text.Contains("Metadata", StringComparison.Ordinal));
}
