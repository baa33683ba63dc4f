using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Health;

/// <summary>Looks at what a stage's last promotion put in place; one call a Stack, at the same time.</summary>
public sealed class StageHealthObserver(IStackClient client, TimeProvider time)
{
    /// <param name="checks">What to look at.</param>
    /// <param name="isArriving">Whether what was promoted may still be on its way through Git.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<StageHealth> ObserveAsync(IReadOnlyList<HealthCheck> checks, bool isArriving, CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.Select(c => LookAsync(c, isArriving, cancellationToken)));
        return StageHealth.Worst(findings, time.GetUtcNow());
    }

    private async Task<HealthFinding> LookAsync(HealthCheck check, bool isArriving, CancellationToken cancellationToken)
    {
        try
        {
            return check switch
            {
                StackHealthCheck stack => StackHealth.Judge(stack, await client.GetStackAsync(stack.Stack, cancellationToken), isArriving),
                _ => new HealthFinding(HealthState.Unknown, $"{check.Subject}: this version of Waybill can't look at it."),
            };
        }
        catch (ClusterException error)
        {
            return new HealthFinding(HealthState.Unknown, error.Message);
        }
    }
}
