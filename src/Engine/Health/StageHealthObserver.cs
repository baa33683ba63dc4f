using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Health;

/// <summary>Looks at what a stage's last promotion put in place; one call a Stack, at the same time.</summary>
public sealed class StageHealthObserver(IStackClient client, TimeProvider time)
{
    public async Task<StageHealth> ObserveAsync(IReadOnlyList<HealthCheck> checks, CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.Select(c => LookAsync(c, cancellationToken)));
        return StageHealth.Worst(findings, time.GetUtcNow());
    }

    private async Task<HealthFinding> LookAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        try
        {
            return check switch
            {
                StackHealthCheck stack => StackHealth.Judge(stack, await client.GetStackAsync(stack.Stack, cancellationToken)),
                _ => new HealthFinding(HealthState.Unknown, $"{check.Subject}: this version of Waybill can't look at it."),
            };
        }
        catch (ClusterException error)
        {
            return new HealthFinding(HealthState.Unknown, error.Message);
        }
    }
}
