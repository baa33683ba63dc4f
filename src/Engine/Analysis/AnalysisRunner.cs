using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Analysis;

/// <summary>Takes the measurements of a promotion's run that are due.</summary>
public sealed class AnalysisRunner(MetricMeasurer measurer, TimeProvider time)
{
    /// <summary>The promotion with what is due measured, all at the same time.</summary>
    public async Task<Promotion> MeasureAsync(Promotion promotion, CancellationToken cancellationToken)
    {
        if (promotion.Verification?.CurrentRun is not { } run)
        {
            return promotion;
        }

        var metrics = promotion.Analysis!.MetricsOf(run);
        var due = AnalysisDecider.Due(metrics, run, time.GetUtcNow());
        var taken = await Task.WhenAll(due.Select(async m => (m.Name, Measurement: await measurer.MeasureAsync(promotion, run, m, cancellationToken))));
        var now = time.GetUtcNow();
        return promotion.RecordRun(run.Record(metrics, taken.ToDictionary(t => t.Name, t => t.Measurement), now), metrics, now);
    }

    /// <summary>Lets go of what measurements had under way and that are over now.</summary>
    /// <param name="before">The promotion before they were recorded.</param>
    /// <param name="after">The promotion as it was recorded.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task ReleaseAsync(Promotion before, Promotion after, CancellationToken cancellationToken)
    {
        if (before.Verification?.CurrentRun is not { } run || before.Analysis is not { } plan)
        {
            return;
        }

        var ended = after.Verification!.Runs.FirstOrDefault(r => r.Name == run.Name);
        foreach (var result in run.Results.Where(r => r.Last is { FinishedAt: null, Handle: not null }))
        {
            if (ended is null || ended.ResultOf(result.Name)?.Measurements.Any(m => m.Handle == result.Last!.Handle && m.FinishedAt is null) is not true)
            {
                await measurer.ReleaseAsync(before, run, plan.Metrics.First(m => m.Name == result.Name), cancellationToken);
            }
        }
    }
}
