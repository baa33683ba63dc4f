using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Engine.Queries;

/// <summary>Reads what happened, newest first, a page at a time. Each page costs one range read for each list that it merges.</summary>
public sealed class HistoryQuery(ProjectStore store)
{
    private const int UlidLength = 26;

    private static readonly IComparer<Freight> NewerFreight = Comparer<Freight>.Create((left, right) =>
        right.DiscoveredAt.CompareTo(left.DiscoveredAt) is var order and not 0 ? order : string.CompareOrdinal(left.Id, right.Id));

    private static readonly IComparer<Promotion> NewerPromotion = Comparer<Promotion>.Create((left, right) =>
        string.CompareOrdinal(UlidOf(right), UlidOf(left)));

    /// <summary>Freight of some warehouses; null when the token is not one of ours.</summary>
    public Task<Page<Freight>?> FreightAsync(string project, IEnumerable<string> warehouses, int limit, string? token, CancellationToken cancellationToken)
    {
        var sources = warehouses.Distinct().Select(warehouse => new ListSource<Freight>(
            warehouse, (count, after, cancel) => store.ListFreightAsync(project, warehouse, count, after, cancel)));
        return new MergedList<Freight>([.. sources], RowKeys.Position, NewerFreight).ReadAsync(limit, token, cancellationToken);
    }

    /// <summary>Promotions of some stages; null when the token is not one of ours.</summary>
    public Task<Page<Promotion>?> PromotionsAsync(string project, IEnumerable<string> stages, int limit, string? token, CancellationToken cancellationToken)
    {
        var sources = stages.Distinct().Select(stage => new ListSource<Promotion>(
            stage, (count, after, cancel) => store.ListPromotionsAsync(project, stage, count, after, cancel)));
        return new MergedList<Promotion>([.. sources], PositionOf, NewerPromotion).ReadAsync(limit, token, cancellationToken);
    }

    /// <summary>The audit; null when the token is not one of ours.</summary>
    public async Task<Page<AuditEntry>?> AuditAsync(string project, int limit, string? token, CancellationToken cancellationToken)
    {
        var isToken = string.IsNullOrEmpty(token) || (token.Length == UlidLength && token.All(char.IsAsciiLetterOrDigit));
        return isToken ? await store.ListAuditAsync(project, limit, token, cancellationToken) : null;
    }

    private static string PositionOf(Promotion promotion) =>
        RowKeys.Promotion(promotion.Name)![RowKeys.PromotionsOf(promotion.Stage).Length..];

    private static string UlidOf(Promotion promotion) =>
        PromotionName.TryParse(promotion.Name, out _, out var ulid) ? ulid : "";
}
