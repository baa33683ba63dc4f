using Microsoft.Azure.Functions.Worker;
using Waybill.Engine.Sweeping;

namespace Waybill.Functions.Timers;

/// <summary>Looks at stages that nothing is being promoted to, so that drift and failures show without anybody promoting.</summary>
public sealed class HealthTimer(ProjectSweeper sweeper, ProjectRounds rounds)
{
    [Function("RefreshHealth")]
    public Task RefreshHealth([TimerTrigger("%HealthSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        rounds.RunAsync("look at stages' health", p => sweeper.RefreshHealthAsync(p.Project, cancellationToken), cancellationToken);
}
