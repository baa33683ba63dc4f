using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;

namespace Waybill.Domain.Stages;

/// <summary>Whether a stage can take a piece of freight, and the rule that decided.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Reason">A sentence for people: why, or why not.</param>
/// <param name="AvailableAt">When a soak ends that is all that is missing; null otherwise.</param>
public sealed record Availability(AvailabilityRule Rule, string Reason, DateTimeOffset? AvailableAt = null)
{
    public bool IsAvailable => Rule is AvailabilityRule.Approved or AvailabilityRule.Direct or AvailabilityRule.VerifiedUpstream;

    /// <summary>The one availability predicate: used at admission, when a promotion starts, in auto-promotion and in every listing.</summary>
    public static Availability Of(Freight freight, Stage stage, DateTimeOffset now)
    {
        if (stage.RequestFor(freight.Warehouse) is not { Sources: var sources })
        {
            return new(AvailabilityRule.OriginNotRequested, $"Stage {stage.Name} does not request freight of warehouse {freight.Warehouse}.");
        }

        if (freight.ApprovedFor.TryGetValue(stage.Name, out var approval))
        {
            return new(AvailabilityRule.Approved, $"Approved for {stage.Name} by {approval.ApprovedBy}.");
        }

        if (sources.Direct)
        {
            return new(AvailabilityRule.Direct, $"Comes straight from warehouse {freight.Warehouse}.");
        }

        return sources.AvailabilityStrategy is AvailabilityStrategy.All
            ? InAll(freight, sources, now)
            : InOneOf(freight, sources, now);
    }

    private static Availability InAll(Freight freight, FreightSources sources, DateTimeOffset now)
    {
        var waiting = sources.Stages.Select(s => Upstream(freight, s, sources.RequiredSoakTime, now)).Where(a => !a.IsAvailable).ToList();
        return waiting.Count switch
        {
            0 => new(AvailabilityRule.VerifiedUpstream, $"Verified in {string.Join(" and ", sources.Stages)}."),
            _ when waiting.Find(a => a.Rule is AvailabilityRule.NotVerifiedUpstream) is { } unverified => unverified,
            _ => waiting.MaxBy(a => a.AvailableAt)!,
        };
    }

    private static Availability InOneOf(Freight freight, FreightSources sources, DateTimeOffset now)
    {
        var all = sources.Stages.Select(s => Upstream(freight, s, sources.RequiredSoakTime, now)).ToList();
        return all.Find(a => a.IsAvailable)
            ?? all.Where(a => a.Rule is AvailabilityRule.Soaking).MinBy(a => a.AvailableAt)
            ?? new(AvailabilityRule.NotVerifiedUpstream, $"Not verified in {string.Join(" or ", sources.Stages)} yet.");
    }

    private static Availability Upstream(Freight freight, string stage, TimeSpan soak, DateTimeOffset now)
    {
        if (!freight.IsVerifiedIn(stage))
        {
            return new(AvailabilityRule.NotVerifiedUpstream, $"Not verified in {stage} yet.");
        }

        if (freight.HasSoakedIn(stage, soak, now))
        {
            return new(AvailabilityRule.VerifiedUpstream, $"Verified in {stage}.");
        }

        return freight.CurrentlyIn.TryGetValue(stage, out var visit)
            ? new(AvailabilityRule.Soaking, $"Soaking in {stage} until {visit.Since + soak:u}.", visit.Since + soak)
            : new(
                AvailabilityRule.LeftBeforeSoaked,
                $"Left {stage} after {GoDuration.Format(freight.SoakedIn(stage, now))} of the required {GoDuration.Format(soak)}; promote it there again to soak it.");
    }
}

/// <summary>The rule that says yes or no to freight.</summary>
public enum AvailabilityRule
{
    /// <summary>Yes: a person approved it for this stage.</summary>
    Approved,

    /// <summary>Yes: the stage takes it straight from its warehouse.</summary>
    Direct,

    /// <summary>Yes: verified, and soaked, in the upstream stages that count.</summary>
    VerifiedUpstream,

    /// <summary>No: the stage does not ask for this origin.</summary>
    OriginNotRequested,

    /// <summary>No: an upstream stage has not verified it.</summary>
    NotVerifiedUpstream,

    /// <summary>Not yet: it soaks in an upstream stage, and is available by itself when that is over.</summary>
    Soaking,

    /// <summary>No: it left the upstream stage before its soak was over.</summary>
    LeftBeforeSoaked,
}
