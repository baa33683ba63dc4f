using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;

namespace Waybill.Domain.Stages;

/// <summary>Everything that is true of a stage now: what it holds, what is being promoted to it, and how it is.</summary>
public sealed record StageState
{
    /// <summary>How many earlier holdings <see cref="History"/> keeps, as Kargo does.</summary>
    public const int HistoryLimit = 10;

    public required string Stage { get; init; }

    /// <summary>The freight it holds, by origin warehouse.</summary>
    public IReadOnlyDictionary<string, FreightReference> Current { get; init; } = new Dictionary<string, FreightReference>();

    /// <summary>What it held, newest first, the present included; at most <see cref="HistoryLimit"/>.</summary>
    public IReadOnlyList<Holding> History { get; init; } = [];

    /// <summary>The promotion that has the stage: running, or succeeded and not yet verified. At most one.</summary>
    public QueuedPromotion? CurrentPromotion { get; init; }

    /// <summary>Promotions waiting their turn, oldest first.</summary>
    public IReadOnlyList<QueuedPromotion> Queue { get; init; } = [];

    /// <summary>The promotion that finished last.</summary>
    public PromotionSummary? LastPromotion { get; init; }

    /// <summary>Where the verification of the current freight stands.</summary>
    public VerificationSummary? Verification { get; init; }

    public StageHealth Health { get; init; } = StageHealth.NeverObserved;

    /// <summary>What the last successful promotion said to look at to judge health.</summary>
    public IReadOnlyList<HealthCheck> HealthChecks { get; init; } = [];

    /// <summary>Origins whose auto-promotion a person suspended by promoting something else than the newest, by warehouse.</summary>
    public IReadOnlyDictionary<string, Hold> Holds { get; init; } = new Dictionary<string, Hold>();

    /// <summary>Values that promotions attached with <c>set-metadata</c>, by key.</summary>
    public IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> Metadata { get; init; } = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>();

    public bool IsBusy => CurrentPromotion is not null;

    /// <summary>Whether freight is on its way here already: running or queued.</summary>
    public bool IsPromoting(string freightId) =>
        CurrentPromotion?.Freight.Id == freightId || Queue.Any(p => p.Freight.Id == freightId);

    public bool Has(string warehouse, string freightId) =>
        Current.TryGetValue(warehouse, out var freight) && freight.Id == freightId;
}

/// <summary>Freight as far as other records need to know it.</summary>
public sealed record FreightReference(string Id, string Alias, string Warehouse, IReadOnlyList<GitCommit> Commits)
{
    public static FreightReference To(Freight freight) => new(freight.Id, freight.Alias, freight.Warehouse, freight.Commits);
}

/// <summary>What a stage held from some moment on.</summary>
/// <param name="Freight">By origin warehouse.</param>
/// <param name="Promotion">The promotion that brought it.</param>
/// <param name="Since">When.</param>
public sealed record Holding(IReadOnlyDictionary<string, FreightReference> Freight, string Promotion, DateTimeOffset Since);

/// <summary>A promotion in a stage's queue.</summary>
public sealed record QueuedPromotion(string Name, FreightReference Freight, string Actor, DateTimeOffset CreatedAt);

/// <summary>How a finished promotion ended.</summary>
public sealed record PromotionSummary(
    string Name, FreightReference Freight, PromotionPhase Phase, string Message, DateTimeOffset FinishedAt);

/// <summary>Where a verification stands.</summary>
public sealed record VerificationSummary(
    string Promotion, string FreightId, VerificationPhase Phase, string Message, DateTimeOffset At);

/// <summary>A stop to auto-promotion of one origin: a person chose freight that was not the newest available.</summary>
/// <param name="FreightId">The freight they chose.</param>
/// <param name="Promotion">With which promotion.</param>
/// <param name="Actor">Who.</param>
/// <param name="CreatedAt">When.</param>
public sealed record Hold(string FreightId, string Promotion, string Actor, DateTimeOffset CreatedAt);
