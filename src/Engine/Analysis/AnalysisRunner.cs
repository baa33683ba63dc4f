using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;
using Waybill.Expressions;

namespace Waybill.Engine.Analysis;

/// <summary>Starts a promotion's analysis and takes the measurements that are due.</summary>
public sealed class AnalysisRunner(PromotionScope scopes, ExpressionCache cache, MetricMeasurer measurer, VerificationOptions options)
{
    private readonly UlidSequence _names = new();

    /// <summary>The promotion with a run of its plan begun: its arguments are evaluated, nothing is measured yet.</summary>
    internal async Task<Promotion> StartAsync(PromotionSession session, StageHealth health, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var promotion = session.Promotion.Value;
        var plan = promotion.Analysis!;
        var run = new AnalysisRun
        {
            Name = PromotionName.Of(promotion.Stage, _names.Next(now), promotion.Freight.Id),
            Actor = promotion.Verification!.RequestedBy ?? "waybill",
            StartedAt = now,
            Deadline = now + AnalysisBounds.Longest(plan.Metrics, promotion.VerificationTimeout),
            IsEndKnown = IsEndKnown(promotion, health),
        };
        try
        {
            var facts = ReadsMetadata(promotion) ? await session.FactsAsync(cancellationToken) : PromotionFacts.None;
            run = run with { Arguments = Evaluate(promotion, plan, facts, now) };
        }
        catch (Exception error) when (error is ExpressionException or ExpressionFunctionException)
        {
            run = run.End(VerificationPhase.Error, error.Message, now);
        }

        return promotion.StartRun(run, plan.Metrics, now);
    }

    /// <summary>The promotion with what is due measured, all at the same time.</summary>
    internal async Task<Promotion> MeasureAsync(Promotion promotion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (promotion.Verification?.CurrentRun is not { } run)
        {
            return promotion;
        }

        var metrics = promotion.Analysis!.Metrics;
        var due = AnalysisDecider.Due(metrics, run, now);
        var taken = await Task.WhenAll(due.Select(async m => (m.Name, Measurement: await measurer.MeasureAsync(promotion, run, m, cancellationToken))));
        var end = taken.Select(t => t.Measurement.FinishedAt ?? now).Append(now).Max();
        return promotion.RecordRun(run.Record(metrics, taken.ToDictionary(t => t.Name, t => t.Measurement), end), metrics, end);
    }

    /// <summary>A healthy stage whose Stacks report what was promoted has nothing left that a delay could wait for.</summary>
    private bool IsEndKnown(Promotion promotion, StageHealth health) =>
        !options.HonorInitialDelay && health.State is HealthState.Healthy && promotion.HealthChecks.Any(c => c is StackHealthCheck);

    private List<AnalysisArgument> Evaluate(Promotion promotion, AnalysisPlan plan, PromotionFacts facts, DateTimeOffset now)
    {
        var scope = scopes.ForVerification(promotion, facts, now);
        var evaluation = new EvaluationOptions { Now = now };
        return [.. plan.Arguments.Select(a => a.Value is { } value && a.Secret is null ? a with { Value = cache.Template(value).EvaluateText(scope, evaluation) } : a)];
    }

    private static bool ReadsMetadata(Promotion promotion) =>
        promotion.Vars.Select(v => v.Value).Concat(promotion.Analysis!.Arguments.Select(a => a.Value ?? ""))
            .Any(text => text.Contains("Metadata", StringComparison.Ordinal));
}
