using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Housekeeping;

/// <summary>
/// Removes a project's old promotions and freight by Kargo's rules, never what is in use and never the audit. One run does a bounded
/// amount of work, and the next goes on; running twice, or at the same time, is harmless.
/// </summary>
public sealed class ProjectHousekeeper(ProjectStore store, IPipelineSource pipelines, PromotionRetention promotions, FreightRetention freight)
{
    public async Task<HousekeepingReport> KeepAsync(string project, CancellationToken cancellationToken)
    {
        var stages = await store.ListStagesAsync(project, cancellationToken);
        var states = stages.Values.Select(s => s.Value).ToList();
        var report = new HousekeepingReport(0, 0);
        foreach (var stage in states)
        {
            report = report with { Promotions = report.Promotions + await promotions.RemoveAsync(project, stage, cancellationToken) };
        }

        foreach (var warehouse in pipelines.Pipelines.GetValueOrDefault(project)?.Warehouses ?? [])
        {
            report = report with { Freight = report.Freight + await freight.RemoveAsync(project, warehouse.Name, states, cancellationToken) };
        }

        return report;
    }
}

/// <summary>What a run removed.</summary>
public sealed record HousekeepingReport(int Promotions, int Freight);

/// <summary>What stages still need.</summary>
internal static class InUse
{
    /// <summary>Promotions that a stage's record names.</summary>
    public static IReadOnlySet<string> Promotions(StageState stage) => new HashSet<string>(
    [
        .. stage.History.Select(h => h.Promotion),
        .. stage.Holds.Values.Select(h => h.Promotion),
        .. stage.Queue.Select(q => q.Name),
        .. Some(stage.CurrentPromotion?.Name),
        .. Some(stage.LastPromotion?.Name),
        .. Some(stage.Verification?.Promotion),
    ]);

    /// <summary>Freight that stages hold or are about to get, by identity.</summary>
    public static IReadOnlySet<string> Freight(IEnumerable<StageState> stages) => new HashSet<string>(stages.SelectMany(s => (IEnumerable<string>)
    [
        .. s.Current.Values.Select(f => f.Id),
        .. s.Queue.Select(q => q.Freight.Id),
        .. s.Holds.Values.Select(h => h.FreightId),
        .. Some(s.CurrentPromotion?.Freight.Id),
    ]));

    /// <summary>Freight that stages held lately: what a person would go back to.</summary>
    public static IReadOnlySet<string> RecentFreight(IEnumerable<StageState> stages) =>
        new HashSet<string>(stages.SelectMany(s => s.History).SelectMany(h => h.Freight.Values).Select(f => f.Id));

    private static IEnumerable<string> Some(string? name) => name is null ? [] : [name];
}
