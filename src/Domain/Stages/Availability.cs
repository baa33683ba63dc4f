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

        if (sources.Stages.Count == 0)
        {
            return new(AvailabilityRule.NotVerifiedUpstream, $"Stage {stage.Name} names no stage to take freight of {freight.Warehouse} from.");
        }

        var upstream = sources.Stages.Select(s => Upstream(freight, s, sources.RequiredSoakTime, now)).ToList();
        return sources.AvailabilityStrategy is AvailabilityStrategy.All ? InAll(upstream, sources) : InOneOf(upstream, sources);
    }

    // What no waiting mends is said first: freight whose soak ends elsewhere is not available then all the same.
    private static Availability InAll(List<Availability> upstream, FreightSources sources) =>
        upstream.Find(a => a.Rule is AvailabilityRule.NotVerifiedUpstream)
            ?? upstream.Find(a => a.Rule is AvailabilityRule.LeftBeforeSoaked)
            ?? upstream.Where(a => a.Rule is AvailabilityRule.Soaking).MaxBy(a => a.AvailableAt)
            ?? new(AvailabilityRule.VerifiedUpstream, $"Verified in {string.Join(" and ", sources.Stages)}.");

    private static Availability InOneOf(List<Availability> upstream, FreightSources sources) =>
        upstream.Find(a => a.IsAvailable)
            ?? upstream.Where(a => a.Rule is AvailabilityRule.Soaking).MinBy(a => a.AvailableAt)
            ?? upstream.Find(a => a.Rule is AvailabilityRule.LeftBeforeSoaked)
            ?? new(AvailabilityRule.NotVerifiedUpstream, $"Not verified in {string.Join(" or ", sources.Stages)} yet.");

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
