using Waybill.Domain;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>Attaches a step's metadata to freight and stages, in the transaction that records the step.</summary>
internal sealed class MetadataWriter(ProjectStore store)
{
    public async Task<(StageState? Stage, IReadOnlyList<Freight> Freight)> WriteAsync(
        PromotionSession session, ProjectTransaction transaction, IReadOnlyList<MetadataUpdate> updates, CancellationToken cancellationToken)
    {
        StageState? own = null;
        List<Freight> freight = [];
        foreach (var update in updates.GroupBy(u => (u.OnFreight, u.Name)))
        {
            var values = update.SelectMany(u => u.Values);
            if (update.Key.OnFreight)
            {
                freight.Add(await WriteFreightAsync(session, transaction, update.Key.Name, values, cancellationToken));
                continue;
            }

            var isOwn = update.Key.Name == session.Promotion.Value.Stage;
            var stage = isOwn
                ? await session.StageAsync(cancellationToken)
                : await store.GetStageAsync(session.Project, update.Key.Name, cancellationToken);
            var changed = stage.Value with { Metadata = stage.Value.Metadata.With(values) };
            transaction.Write(stage.Then(changed));
            own = isOwn ? changed : own;
        }

        return (own, freight);
    }

    private async Task<Freight> WriteFreightAsync(
        PromotionSession session, ProjectTransaction transaction, string name, IEnumerable<KeyValuePair<string, System.Text.Json.Nodes.JsonNode?>> values, CancellationToken cancellationToken)
    {
        var promoted = session.Promotion.Value.Freight;
        var isPromoted = name == promoted.Id || name == promoted.Alias;
        var freight = isPromoted
            ? await session.FreightAsync(promoted.Id, cancellationToken)
            : await store.FindFreightAsync(session.Project, name, cancellationToken);
        if (freight is null)
        {
            throw new Steps.StepConfigException($"set-metadata: there is no freight {name}.");
        }

        var changed = freight.Value with { Metadata = freight.Value.Metadata.With(values) };
        transaction.Write(freight.Then(changed));
        return changed;
    }
}
