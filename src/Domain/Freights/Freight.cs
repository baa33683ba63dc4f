namespace Waybill.Domain.Freights;

/// <summary>
/// A set of commits that travels the pipeline as one. What it carries never changes; where it is, where it was
/// verified and what it was approved for does.
/// </summary>
public sealed record Freight
{
    /// <summary>Kargo's content hash (<see cref="FreightIdentity"/>): the same commits of the same warehouse are the same freight.</summary>
    public required string Id { get; init; }

    /// <summary>A name for people, <c>adjective-animal</c>, unique within the project.</summary>
    public required string Alias { get; init; }

    /// <summary>The warehouse it came from.</summary>
    public required string Warehouse { get; init; }

    public required IReadOnlyList<GitCommit> Commits { get; init; }

    /// <summary>When Waybill first saw these commits; orders freight of a warehouse.</summary>
    public required DateTimeOffset DiscoveredAt { get; init; }

    /// <summary>The trace that discovered it, as W3C's <c>traceparent</c>; null when nobody traced that.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The stages that hold this freight now, by name.</summary>
    public IReadOnlyDictionary<string, StageVisit> CurrentlyIn { get; init; } = new Dictionary<string, StageVisit>();

    /// <summary>The stages that verified it, by name.</summary>
    public IReadOnlyDictionary<string, StageVerification> VerifiedIn { get; init; } = new Dictionary<string, StageVerification>();

    /// <summary>The stages a person approved it for, by name, whatever the upstream stages say.</summary>
    public IReadOnlyDictionary<string, FreightApproval> ApprovedFor { get; init; } = new Dictionary<string, FreightApproval>();

    /// <summary>How the newest finished promotion of it to a stage ended, by stage: guards against promoting a failure again.</summary>
    public IReadOnlyDictionary<string, PromotionOutcome> PromotedTo { get; init; } = new Dictionary<string, PromotionOutcome>();

    /// <summary>Values that promotions attached with <c>set-metadata</c>, by key.</summary>
    public IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> Metadata { get; init; } = new Dictionary<string, System.Text.Json.Nodes.JsonNode?>();

    public bool IsCurrentlyIn(string stage) => CurrentlyIn.ContainsKey(stage);

    public bool IsVerifiedIn(string stage) => VerifiedIn.ContainsKey(stage);

    public bool IsApprovedFor(string stage) => ApprovedFor.ContainsKey(stage);

    /// <summary>How long it has soaked in a stage: its longest stay there, the present one included; zero until verified.</summary>
    public TimeSpan SoakedIn(string stage, DateTimeOffset now)
    {
        if (!VerifiedIn.TryGetValue(stage, out var verification))
        {
            return TimeSpan.Zero;
        }

        var present = CurrentlyIn.TryGetValue(stage, out var visit) ? now - visit.Since : TimeSpan.Zero;
        return present > verification.LongestSoak ? present : verification.LongestSoak;
    }

    public bool HasSoakedIn(string stage, TimeSpan required, DateTimeOffset now) =>
        IsVerifiedIn(stage) && SoakedIn(stage, now) >= required;

    /// <summary>This freight after it arrived in a stage. Arriving where it already is keeps the first arrival.</summary>
    public Freight Enter(string stage, DateTimeOffset now) =>
        IsCurrentlyIn(stage) ? this : this with { CurrentlyIn = CurrentlyIn.With(stage, new StageVisit(now)) };

    /// <summary>This freight after it left a stage, its soak there remembered.</summary>
    public Freight Leave(string stage, DateTimeOffset now) => this with
    {
        VerifiedIn = VerifiedIn.TryGetValue(stage, out var verification)
            ? VerifiedIn.With(stage, verification with { LongestSoak = SoakedIn(stage, now) })
            : VerifiedIn,
        CurrentlyIn = CurrentlyIn.Without(stage),
    };

    /// <summary>This freight after a stage verified it; the first verification's moment is kept.</summary>
    public Freight VerifyIn(string stage, DateTimeOffset now) =>
        IsVerifiedIn(stage) ? this : this with { VerifiedIn = VerifiedIn.With(stage, new StageVerification(now, TimeSpan.Zero)) };

    /// <summary>This freight after a failed re-verification took the stage's word back.</summary>
    public Freight RevokeVerificationIn(string stage) => this with { VerifiedIn = VerifiedIn.Without(stage) };

    public Freight ApproveFor(string stage, FreightApproval approval) => this with { ApprovedFor = ApprovedFor.With(stage, approval) };

    public Freight RecordPromotion(string stage, PromotionOutcome outcome) => this with { PromotedTo = PromotedTo.With(stage, outcome) };
}

/// <summary>A stay of freight in a stage.</summary>
/// <param name="Since">When the promotion that brought it succeeded.</param>
public sealed record StageVisit(DateTimeOffset Since);

/// <summary>A stage's word that freight works there.</summary>
/// <param name="VerifiedAt">When it was first verified.</param>
/// <param name="LongestSoak">The longest finished stay.</param>
public sealed record StageVerification(DateTimeOffset VerifiedAt, TimeSpan LongestSoak);

/// <summary>A person's word that freight may go to a stage without having been verified upstream.</summary>
/// <param name="ApprovedAt">When.</param>
/// <param name="ApprovedBy">Who.</param>
/// <param name="Reason">Why, in their words; may be empty.</param>
public sealed record FreightApproval(DateTimeOffset ApprovedAt, string ApprovedBy, string Reason);

/// <summary>How a promotion of freight to a stage ended.</summary>
/// <param name="Promotion">The promotion's name.</param>
/// <param name="Phase">Its final phase.</param>
public sealed record PromotionOutcome(string Promotion, Promotions.PromotionPhase Phase);
