using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;
using Waybill.Engine.PulumiCloud;

namespace Waybill.Engine.GitOps;

/// <summary>
/// Asks Pulumi Cloud about the runs that a promotion caused through Git, once the operator says that they succeeded: a promotion that
/// waits for its Stacks itself asks in its step, this one only when it is verified.
/// </summary>
public sealed class GitOpsWitness(IStackClient stacks, StackWitness witness)
{
    /// <summary>What came of it, all Stacks together. Each is asked about until it is confirmed, one request to the cluster and one to Pulumi Cloud.</summary>
    public async Task<GitOpsTestimony> AskAsync(Promotion promotion, DateTimeOffset? askedFirst, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        var open = promotion.HealthChecks.OfType<StackHealthCheck>().Where(c => c.ArrivesThroughGit && !IsConfirmed(promotion, c)).ToList();
        if (open.Count == 0 || !witness.IsThere)
        {
            return GitOpsTestimony.Nothing;
        }

        var outcomes = await Task.WhenAll(open.Select(c => AskAsync(promotion, c, askedFirst, now, cancellationToken)));
        return new GitOpsTestimony(
            outcomes.Max(o => o.State),
            string.Join(" ", outcomes.Where(o => o.State is WitnessState.Disagrees or WitnessState.NotYet).Select(o => o.Message)),
            [.. outcomes.Select(o => o.Run).OfType<StackRun>()])
        {
            RetryAfter = outcomes.Max(o => o.RetryAfter),
        };
    }

    private static bool IsConfirmed(Promotion promotion, StackHealthCheck check) =>
        promotion.Runs.Any(r => r.Stack == check.Stack && r.Confirmation is RunConfirmation.Confirmed);

    private async Task<WitnessOutcome> AskAsync(
        Promotion promotion, StackHealthCheck check, DateTimeOffset? askedFirst, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await stacks.GetStackAsync(check.Stack, cancellationToken) is { } stack
                ? await witness.WitnessAsync(stack, check.Commit, check.Type, promotion.StartedAt ?? promotion.CreatedAt, promotion.Name, askedFirst, now, cancellationToken)
                : WitnessOutcome.Absent;
        }
        catch (ClusterException error)
        {
            return witness.IsPatient(askedFirst, now) ? new WitnessOutcome(WitnessState.NotYet, error.Message) : WitnessOutcome.Absent;
        }
    }
}

/// <summary>What Pulumi Cloud says of a promotion's runs.</summary>
/// <param name="State">The state that decides: one contradiction is enough, and one answer that is not there yet.</param>
/// <param name="Message">What is contradicted or awaited.</param>
/// <param name="Runs">What to keep on the promotion.</param>
public sealed record GitOpsTestimony(WitnessState State, string Message, IReadOnlyList<StackRun> Runs)
{
    /// <summary>How long Pulumi Cloud wants to be left alone; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static GitOpsTestimony Nothing { get; } = new(WitnessState.Absent, "", []);
}
