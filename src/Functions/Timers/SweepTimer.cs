using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Engine.Sweeping;
using Waybill.Functions.Driving;

namespace Waybill.Functions.Timers;

/// <summary>
/// The safety net: promotions that nobody drives, queues that nobody serves, freight whose soak ended unnoticed. A tick that is
/// missed, late or overlaps another is harmless: each brings about only what is due by the records in storage.
/// </summary>
public sealed class SweepTimer(ProjectSweeper sweeper, ProjectRounds rounds, DurableClients clients)
{
    [Function("Sweep")]
    public Task Sweep(
        [TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return rounds.RunAsync("sweep", p => sweeper.DriveAsync(p.Project, cancellationToken), cancellationToken);
    }
}
