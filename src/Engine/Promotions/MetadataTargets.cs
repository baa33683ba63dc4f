using System.Text.Json.Nodes;
using Waybill.Domain;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>The freight and stages that a step attaches metadata to, changed, for the transaction that records the step.</summary>
internal sealed class MetadataTargets
{
    private readonly Dictionary<string, Stored<Freight>> _freight = [];
    private readonly Dictionary<string, Stored<StageState>> _stages = [];

    /// <summary>What the step named that is not there; null when all is. Then nothing may be written.</summary>
    public string? Problem { get; private set; }

    public IEnumerable<Freight> Freight => _freight.Values.Select(f => f.Value);

    public static async Task<MetadataTargets> FindAsync(
        ProjectStore store, PromotionSession session, IReadOnlyList<MetadataUpdate> updates, CancellationToken cancellationToken)
    {
        var targets = new MetadataTargets();
        foreach (var update in updates)
        {
            await (update.OnFreight
                ? targets.AddFreightAsync(store, session, update, cancellationToken)
                : targets.AddStageAsync(store, session, update, cancellationToken));
        }

        return targets.Problem is null ? targets : new MetadataTargets { Problem = targets.Problem };
    }

    public void Write(ProjectTransaction transaction)
    {
        foreach (var freight in _freight.Values)
        {
            transaction.Write(freight);
        }

        foreach (var stage in _stages.Values)
        {
            transaction.Write(stage);
        }
    }

    /// <summary>The promotion's own stage as it is written; null when it is not.</summary>
    public StageState? StageOf(Promotion promotion) => _stages.GetValueOrDefault(promotion.Stage)?.Value;

    private async Task AddFreightAsync(ProjectStore store, PromotionSession session, MetadataUpdate update, CancellationToken cancellationToken)
    {
        var promoted = session.Promotion.Value.Freight;
        var found = update.Name == promoted.Id || update.Name == promoted.Alias
            ? await session.FreightAsync(promoted.Id, cancellationToken)
            : await store.FindFreightAsync(session.Project, update.Name, cancellationToken);
        if (found is null)
        {
            Problem ??= $"set-metadata: there is no freight {update.Name}.";
            return;
        }

        // Named twice, by identity and by alias, it is still one row.
        var freight = _freight.GetValueOrDefault(found.Value.Id, found);
        _freight[found.Value.Id] = freight.Then(freight.Value with { Metadata = Merge(freight.Value.Metadata, update) });
    }

    private async Task AddStageAsync(ProjectStore store, PromotionSession session, MetadataUpdate update, CancellationToken cancellationToken)
    {
        if (!Looks.LikeKeyPart(update.Name))
        {
            Problem ??= $"set-metadata: {update.Name} is not the name of a stage.";
            return;
        }

        if (!_stages.TryGetValue(update.Name, out var stage))
        {
            stage = update.Name == session.Promotion.Value.Stage
                ? await session.StageAsync(cancellationToken)
                : await store.GetStageAsync(session.Project, update.Name, cancellationToken);
        }

        _stages[update.Name] = stage.Then(stage.Value with { Metadata = Merge(stage.Value.Metadata, update) });
    }

    private static IReadOnlyDictionary<string, JsonNode?> Merge(IReadOnlyDictionary<string, JsonNode?> metadata, MetadataUpdate update) =>
        metadata.With(update.Values);
}
