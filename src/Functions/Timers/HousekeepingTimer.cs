using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Engine.Housekeeping;
using Waybill.Engine.Sweeping;

namespace Waybill.Functions.Timers;

/// <summary>Removes what nobody needs any more: old promotions and freight by Kargo's rules, and orchestrations that are over. The audit stays.</summary>
public sealed class HousekeepingTimer(ProjectHousekeeper housekeeper, RetentionOptions retention, ProjectRounds rounds, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] Over =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    [Function("KeepHouse")]
    public async Task KeepHouse(
        [TimerTrigger("%HousekeepingSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() - retention.Orchestrations;
        await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, end, Over), cancellationToken);
        await rounds.RunAsync("housekeeping", p => housekeeper.KeepAsync(p.Project, cancellationToken), cancellationToken);
    }
}
