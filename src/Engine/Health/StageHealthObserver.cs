using Waybill.Domain.ArgoCd;
using Waybill.Domain.Stacks;
using Waybill.Domain.Stages;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Health;

/// <summary>Looks at what a stage's last promotion put in place; one call a Stack or Application, at the same time.</summary>
public sealed class StageHealthObserver(IStackClient client, IArgoCdClient argo, TimeProvider time)
{
    /// <param name="checks">What to look at.</param>
    /// <param name="isArriving">Whether what was promoted may still be on its way through Git.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task<StageHealth> ObserveAsync(IReadOnlyList<HealthCheck> checks, bool isArriving, CancellationToken cancellationToken)
    {
        var stacks = checks.OfType<StackHealthCheck>().Select(c => (Check: c, Finding: LookAsync(c, isArriving, cancellationToken))).ToList();
        var findings = await Task.WhenAll(checks.Select(c => c switch
        {
            StackHealthCheck stack => stacks.First(s => s.Check == stack).Finding,
            ApplicationHealthCheck application => LookAsync(application, stacks, cancellationToken),
            _ => Task.FromResult(new HealthFinding(HealthState.Unknown, $"{c.Subject}: this version of Waybill can't look at it.")),
        }));
        return StageHealth.Worst(findings, time.GetUtcNow());
    }

    private async Task<HealthFinding> LookAsync(StackHealthCheck check, bool isArriving, CancellationToken cancellationToken)
    {
        try
        {
            return StackHealth.Judge(check, await client.GetStackAsync(check.Stack, cancellationToken), isArriving);
        }
        catch (ClusterException error)
        {
            return new HealthFinding(HealthState.Unknown, error.Message);
        }
    }

    private async Task<HealthFinding> LookAsync(
        ApplicationHealthCheck check, IEnumerable<(StackHealthCheck Check, Task<HealthFinding> Finding)> stacks, CancellationToken cancellationToken)
    {
        try
        {
            var application = await argo.GetAsync(check.Application, cancellationToken);
            if (application is { IsStale: true, IsBeingDeleted: false, IsRefreshAsked: false })
            {
                // Argo CD writes no status when nothing in it changed, unless it is asked for a hard refresh.
                await argo.RefreshAsync(check.Application, hard: true, cancellationToken);
            }

            // The Application deploys to a cluster that it names in its own way, so its Stacks are known by namespace and name.
            var managed = application?.Stacks.ToHashSet() ?? [];
            var witnesses = stacks.Where(s => managed.Contains(new ManagedStack(s.Check.Stack.Namespace, s.Check.Stack.Name)));
            return ApplicationHealth.Judge(check, application, await Task.WhenAll(witnesses.Select(w => w.Finding)));
        }
        catch (ClusterException error)
        {
            return new HealthFinding(HealthState.Unknown, error.Message);
        }
    }
}
