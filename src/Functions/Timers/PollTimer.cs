using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ingest;
using Waybill.Engine.Sweeping;
using Waybill.Functions.Driving;

namespace Waybill.Functions.Timers;

/// <summary>Asks repositories for what no webhook told, each warehouse in its own interval.</summary>
public sealed class PollTimer(WarehousePoller poller, ProjectRounds rounds, DurableClients clients, TimeProvider time)
{
    [Function("PollWarehouses")]
    public Task PollWarehouses(
        [TimerTrigger("%PollSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        var (lastTick, now) = (LastTick(timer), time.GetUtcNow());
        return rounds.RunAsync(
            "poll", p => PollAsync(p, w => PollSlots.IsDue(w.Interval, lastTick, now), cancellationToken), cancellationToken);
    }

    /// <summary>When the timer ticked before this; null when it never did, or the host does not say.</summary>
    internal static DateTimeOffset? LastTick(TimerInfo timer) =>
        timer.ScheduleStatus is { Last: var last } && last > DateTime.UnixEpoch ? new DateTimeOffset(last.ToUniversalTime(), TimeSpan.Zero) : null;

    private async Task PollAsync(Pipeline pipeline, Func<Warehouse, bool> isDue, CancellationToken cancellationToken)
    {
        foreach (var warehouse in pipeline.Warehouses.Where(isDue))
        {
            await poller.PollAsync(pipeline.Project, warehouse, cancellationToken);
        }
    }
}
