using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>
/// A promotion and the records around it while a driver carries out its directives: what was read once, or written, is not read
/// again. The versions guard every write, so a session that has become stale fails to commit and is opened anew.
/// </summary>
internal sealed class PromotionSession(ProjectStore store, Stored<Promotion> promotion)
{
    private Stored<StageState>? _stage;
    private readonly Dictionary<string, Stored<Freight>> _freight = [];

    public Stored<Promotion> Promotion { get; private set; } = promotion;

    public string Project => Promotion.Value.Project;

    /// <summary>Changes the promotion as this session sees it, without writing it.</summary>
    public void Remember(Promotion promotion) => Promotion = Promotion.Then(promotion);

    public async Task<Stored<StageState>> StageAsync(CancellationToken cancellationToken) =>
        _stage ??= await store.GetStageAsync(Project, Promotion.Value.Stage, cancellationToken);

    /// <summary>Freight, or null when it was removed meanwhile.</summary>
    public async Task<Stored<Freight>?> FreightAsync(string id, CancellationToken cancellationToken)
    {
        if (!_freight.TryGetValue(id, out var freight) && await store.GetFreightAsync(Project, id, cancellationToken) is { } read)
        {
            _freight[id] = freight = read;
        }

        return freight;
    }

    /// <summary>What expressions may ask about the promotion's freight and stage.</summary>
    public async Task<PromotionFacts> FactsAsync(CancellationToken cancellationToken)
    {
        var freight = await FreightAsync(Promotion.Value.Freight.Id, cancellationToken);
        var stage = await StageAsync(cancellationToken);
        return new PromotionFacts(freight?.Value.Metadata ?? PromotionFacts.None.FreightMetadata, stage.Value.Metadata);
    }

    public ProjectTransaction Begin() => store.Begin(Project);

    /// <summary>Commits, and keeps what was written with its new versions.</summary>
    public async Task CommitAsync(
        ProjectTransaction transaction, Promotion promotion, StageState? stage, IEnumerable<Freight> freight, CancellationToken cancellationToken)
    {
        var versions = await transaction.CommitAsync(cancellationToken);
        Promotion = versions.Of(promotion);
        _stage = stage is null ? _stage : versions.Of(stage);
        foreach (var written in freight)
        {
            _freight[written.Id] = versions.Of(written);
        }
    }
}
