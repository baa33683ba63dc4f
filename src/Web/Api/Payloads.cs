using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using Waybill.Engine.Queries;
using Waybill.Engine.Records;

namespace Waybill.Web.Api;

/// <summary>RFC 9457 problem details.</summary>
internal sealed record ProblemPayload(string Type, string Title, int Status, string Detail, string Instance);

internal sealed record HealthPayload(string Status, int Projects, int ManifestProblems);

/// <summary>What a webhook's sender is told.</summary>
internal sealed record WebhookPayload(string Outcome, string Message, IReadOnlyList<string> Freight);

/// <summary>A page of a list.</summary>
/// <param name="Items">What is on it, newest first where there is an order in time.</param>
/// <param name="Continue">The value of <c>?continue=</c> that gives the next page; absent on the last.</param>
internal sealed record ListPayload<T>(IReadOnlyList<T> Items, string? Continue)
{
    public static ListPayload<T> Of<TSource>(Page<TSource> page, Func<TSource, T> map) => new([.. page.Items.Select(map)], page.Continue);
}

internal sealed record ProjectPayload(string Name, IReadOnlyList<string> Warehouses, IReadOnlyList<string> Stages)
{
    public static ProjectPayload Of(Pipeline pipeline) =>
        new(pipeline.Project, [.. pipeline.Warehouses.Select(w => w.Name)], [.. pipeline.Stages.Select(s => s.Name)]);
}

internal sealed record FreightPayload
{
    public required string Id { get; init; }

    public required string Alias { get; init; }

    public required string Warehouse { get; init; }

    public required IReadOnlyList<GitCommit> Commits { get; init; }

    public required DateTimeOffset DiscoveredAt { get; init; }

    public required IReadOnlyDictionary<string, StageVisit> CurrentlyIn { get; init; }

    public required IReadOnlyDictionary<string, VerifiedPayload> VerifiedIn { get; init; }

    public required IReadOnlyDictionary<string, FreightApproval> ApprovedFor { get; init; }

    public required IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> Metadata { get; init; }

    /// <summary>Whether the stage that was asked about can take it.</summary>
    public AvailabilityPayload? Availability { get; init; }

    public static FreightPayload Of(Freight freight) => new()
    {
        Id = freight.Id,
        Alias = freight.Alias,
        Warehouse = freight.Warehouse,
        Commits = freight.Commits,
        DiscoveredAt = freight.DiscoveredAt,
        CurrentlyIn = freight.CurrentlyIn,
        VerifiedIn = freight.VerifiedIn.ToDictionary(v => v.Key, v => new VerifiedPayload(v.Value.VerifiedAt, (long)v.Value.LongestSoak.TotalSeconds)),
        ApprovedFor = freight.ApprovedFor,
        Metadata = freight.Metadata,
    };

    public static FreightPayload Of(Freight freight, Stage? stage, DateTimeOffset now) =>
        stage is null ? Of(freight) : Of(freight) with { Availability = AvailabilityPayload.Of(Domain.Stages.Availability.Of(freight, stage, now)) };
}

internal sealed record VerifiedPayload(DateTimeOffset VerifiedAt, long LongestSoakSeconds);

internal sealed record AvailabilityPayload(bool Available, AvailabilityRule Rule, string Reason, DateTimeOffset? AvailableAt)
{
    public static AvailabilityPayload Of(Availability availability) =>
        new(availability.IsAvailable, availability.Rule, availability.Reason, availability.AvailableAt);
}

internal sealed record StagePayload
{
    public required string Name { get; init; }

    public required StagePhase Phase { get; init; }

    public required bool AutoPromotionEnabled { get; init; }

    public required IReadOnlyDictionary<string, FreightReference> Current { get; init; }

    public required StageHealth Health { get; init; }

    public QueuedPromotion? CurrentPromotion { get; init; }

    public required IReadOnlyList<QueuedPromotion> Queue { get; init; }

    public PromotionSummary? LastPromotion { get; init; }

    public VerificationSummary? Verification { get; init; }

    public required IReadOnlyDictionary<string, Hold> Holds { get; init; }

    public required IReadOnlyList<OriginPayload> Origins { get; init; }

    public static StagePayload Of(StageView view) => new()
    {
        Name = view.Stage.Name,
        Phase = view.Phase,
        AutoPromotionEnabled = view.Stage.AutoPromotionEnabled,
        Current = view.State.Current,
        Health = view.State.Health,
        CurrentPromotion = view.State.CurrentPromotion,
        Queue = view.State.Queue,
        LastPromotion = view.State.LastPromotion,
        Verification = view.State.Verification,
        Holds = view.State.Holds,
        Origins = [.. view.Origins.Select(OriginPayload.Of)],
    };
}

/// <summary>What an origin offers a stage, and what auto-promotion does about it.</summary>
internal sealed record OriginPayload(
    string Warehouse, bool Direct, IReadOnlyList<string> Stages, AutoPromotionPayload AutoPromotion, IReadOnlyList<FreightOptionPayload> Freight)
{
    public static OriginPayload Of(OriginView origin) => new(
        origin.Request.Warehouse,
        origin.Request.Sources.Direct,
        origin.Request.Sources.Stages,
        new(origin.AutoPromotion.Rule, origin.AutoPromotion.Reason, origin.AutoPromotion.Freight?.Id, origin.AutoPromotion.WakeAt),
        [.. origin.Freight.Select(o => new FreightOptionPayload(o.Freight.Id, o.Freight.Alias, o.IsCurrent, AvailabilityPayload.Of(o.Availability)))]);
}

internal sealed record AutoPromotionPayload(AutoPromotionRule Rule, string Reason, string? Freight, DateTimeOffset? WakeAt);

internal sealed record FreightOptionPayload(string Id, string Alias, bool Current, AvailabilityPayload Availability);
