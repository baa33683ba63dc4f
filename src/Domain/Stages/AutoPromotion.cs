using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;

namespace Waybill.Domain.Stages;

/// <summary>What auto-promotion does about one origin of a stage, and the rule that decided.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">A sentence for people.</param>
/// <param name="Freight">The freight to promote; null when nothing is.</param>
/// <param name="WakeAt">When to look again though nothing happens: a soak ends then.</param>
public sealed record AutoPromotion(AutoPromotionRule Rule, string Reason, Freight? Freight = null, DateTimeOffset? WakeAt = null)
{
    /// <summary>Decides. Kargo's order of rules; the first that says no is the answer.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="request">The origin.</param>
    /// <param name="state">The stage's present state.</param>
    /// <param name="newestFirst">Freight of that origin, newest first, deep enough to hold the newest available one.</param>
    /// <param name="now">The time.</param>
    public static AutoPromotion Decide(
        Stage stage, FreightRequest request, StageState state, IEnumerable<Freight> newestFirst, DateTimeOffset now)
    {
        if (!stage.AutoPromotionEnabled)
        {
            return new(AutoPromotionRule.NotEnabled, "Auto-promotion is not enabled by the project's policies.");
        }

        var (candidate, wakeAt, blocked) = FindCandidate(stage, request, newestFirst, now);
        var decision = Judge(stage, request, state, candidate, blocked);
        return decision with { WakeAt = wakeAt };
    }

    /// <summary>The freight that auto-promotion would pick now; decides also whether a person's choice sets a hold.</summary>
    public static Freight? CandidateFor(Stage stage, FreightRequest request, IEnumerable<Freight> newestFirst, DateTimeOffset now) =>
        FindCandidate(stage, request, newestFirst, now).Candidate;

    private static AutoPromotion Judge(Stage stage, FreightRequest request, StageState state, Freight? candidate, string? blocked)
    {
        if (state.Holds.TryGetValue(request.Warehouse, out var hold))
        {
            return new(AutoPromotionRule.Held, $"Held: {hold.Actor} promoted other freight than the newest on {hold.CreatedAt:u}. Promote the newest to resume.");
        }

        if (candidate is null)
        {
            return new(AutoPromotionRule.NothingAvailable, blocked ?? $"No freight of {request.Warehouse} yet.");
        }

        if (state.Has(request.Warehouse, candidate.Id))
        {
            return new(AutoPromotionRule.AlreadyCurrent, $"{candidate.Alias} is here already." + (blocked is null ? "" : $" Newer freight: {blocked}"));
        }

        if (state.IsPromoting(candidate.Id))
        {
            return new(AutoPromotionRule.AlreadyPromoting, $"{candidate.Alias} is on its way.");
        }

        if (candidate.PromotedTo.TryGetValue(stage.Name, out var outcome) && outcome.Phase is not PromotionPhase.Succeeded)
        {
            return new(
                AutoPromotionRule.FailedBefore,
                $"The last promotion of {candidate.Alias} here ended {outcome.Phase} ({outcome.Promotion}); it waits for a person or for newer freight.");
        }

        return new(AutoPromotionRule.Promote, $"{candidate.Alias} is the newest available freight.", candidate);
    }

    private static (Freight? Candidate, DateTimeOffset? WakeAt, string? Blocked) FindCandidate(
        Stage stage, FreightRequest request, IEnumerable<Freight> newestFirst, DateTimeOffset now)
    {
        DateTimeOffset? wakeAt = null;
        string? blocked = null;

        foreach (var freight in newestFirst)
        {
            if (request.Sources.SelectionPolicy is SelectionPolicy.MatchUpstream && !MatchesUpstream(freight, request))
            {
                continue;
            }

            var availability = Availability.Of(freight, stage, now);
            if (availability.IsAvailable)
            {
                return (freight, wakeAt, blocked);
            }

            wakeAt = Earlier(wakeAt, availability.AvailableAt);
            blocked ??= $"{freight.Alias}: {availability.Reason}";
        }

        return (null, wakeAt, blocked);
    }

    private static bool MatchesUpstream(Freight freight, FreightRequest request) =>
        request.Sources.Stages is [var upstream] && freight.IsCurrentlyIn(upstream);

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;
}

/// <summary>The rule that made auto-promotion act or not.</summary>
public enum AutoPromotionRule
{
    Promote,
    NotEnabled,
    Held,
    NothingAvailable,
    AlreadyCurrent,
    AlreadyPromoting,
    FailedBefore,
}
