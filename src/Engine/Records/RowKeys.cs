using System.Globalization;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Records;

/// <summary>
/// The keys of a project's rows. The prefix says what a row is; what is listed newest first has its time inverted, so that a
/// list is one range read however much history there is.
/// </summary>
public static class RowKeys
{
    public const string Stages = "stage|";
    public const string Audit = "audit|";
    public const string Ingest = "ingest|";
    public const string Deliveries = "ingest|deliveries";

    private const string Crockford = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Stage(string stage) => Stages + stage;

    public static string Reports(string stage) => $"reports|{stage}";

    public static string Freight(string id) => $"freight|{id}";

    public static string Alias(string alias) => $"alias|{alias}";

    public static string Warehouse(string warehouse) => $"ingest|warehouse|{warehouse}";

    /// <summary>The prefix of a warehouse's freight, newest first.</summary>
    public static string FreightOf(string warehouse) => $"freight-of|{warehouse}|";

    /// <summary>The prefix of pointers to freight of a warehouse that a stage verified, newest first.</summary>
    public static string VerifiedIn(string stage, string warehouse) => $"verified-in|{stage}|{warehouse}|";

    /// <summary>The prefix of pointers to freight of a warehouse that was approved for a stage, newest first.</summary>
    public static string ApprovedFor(string stage, string warehouse) => $"approved-for|{stage}|{warehouse}|";

    /// <summary>The prefix of a stage's promotions, newest first.</summary>
    public static string PromotionsOf(string stage) => $"promotion|{stage}|";

    /// <summary>Freight's place in a newest-first list: by discovery, then by identity.</summary>
    public static string Position(Freight freight) => $"{PositionOf(freight.DiscoveredAt)}|{freight.Id}";

    /// <summary>Where freight that was discovered at a moment begins in a newest-first list.</summary>
    public static string PositionOf(DateTimeOffset discoveredAt) => (long.MaxValue - discoveredAt.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Where promotions of a stage that were created at a moment begin.</summary>
    public static string PromotionsBefore(string stage, DateTimeOffset createdAt) =>
        PromotionsOf(stage) + Invert(Ulid.NewUlid(createdAt, new byte[10]).ToString().ToLowerInvariant());

    /// <summary>The key of a promotion, or null when the name is not a promotion's.</summary>
    public static string? Promotion(string name) =>
        PromotionName.TryParse(name, out var stage, out var ulid) && ulid.All(c => Crockford.Contains(c, StringComparison.Ordinal))
            ? $"{PromotionsOf(stage)}{Invert(ulid)}|{name[(name.LastIndexOf('.') + 1)..]}"
            : null;

    public static string AuditEntry(string ulid) => Audit + Invert(ulid.ToLowerInvariant());

    private static string Invert(string ulid) =>
        string.Create(ulid.Length, ulid, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Crockford[Crockford.Length - 1 - Crockford.IndexOf(text[i], StringComparison.Ordinal)];
            }
        });
}
