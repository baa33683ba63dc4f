using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Housekeeping;

/// <summary>Keeps so many of a stage's promotions that are older than the oldest one not over, and removes the rest once they are old enough.</summary>
public sealed class PromotionRetention(ProjectStore store, RetentionOptions options, TimeProvider time)
{
    /// <summary>At most three round trips: two reads, and one commit of what is to go.</summary>
    public async Task<int> RemoveAsync(string project, StageState stage, CancellationToken cancellationToken)
    {
        var inUse = InUse.Promotions(stage);
        var kept = await store.ListPromotionsOlderThanAsync(
            project, stage.Stage, Unfinished(stage).Min(StringComparer.Ordinal), null, options.PromotionsPerStage, cancellationToken);
        if (kept.Count < options.PromotionsPerStage)
        {
            return 0;
        }

        var found = await store.ListPromotionsOlderThanAsync(
            project, stage.Stage, kept[^1].Value.Name, time.GetUtcNow() - options.MinAge, RowLimits.ChangesPerCommit, cancellationToken);
        var removable = found.Where(p => p.Value.IsSettled && IsOld(p.Value) && !inUse.Contains(p.Value.Name)).ToList();
        if (removable.Count == 0)
        {
            return 0;
        }

        var transaction = store.Begin(project);
        removable.ForEach(p => transaction.Remove(p));
        return await transaction.TryCommitAsync(cancellationToken) ? removable.Count : 0;
    }

    /// <summary>Names of one stage's promotions sort by age.</summary>
    private static IEnumerable<string> Unfinished(StageState stage) =>
        stage.Queue.Select(q => q.Name).Concat(stage.CurrentPromotion is { } current ? [current.Name] : []);

    private bool IsOld(Promotion promotion) => (promotion.FinishedAt ?? promotion.CreatedAt) < time.GetUtcNow() - options.MinAge;
}
