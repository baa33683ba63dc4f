using Waybill.Domain.Pipelines;
using Waybill.Engine.Housekeeping;
using Waybill.Engine.Ingest;
using Waybill.Engine.Sweeping;

namespace Waybill.Local.Driving;

/// <summary>Finds what nobody drives: promotions after a restart, freight whose soak ended unnoticed, stages whose health changed.</summary>
internal sealed class SweepRound(ProjectSweeper sweeper) : IRound
{
    public string Name => "sweep";

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public Task RunAsync(Pipeline pipeline, DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken) =>
        sweeper.SweepAsync(pipeline.Project, cancellationToken);
}

/// <summary>Asks repositories for what no webhook told, each warehouse in its own interval.</summary>
internal sealed class PollRound(WarehousePoller poller) : IRound
{
    public string Name => "poll";

    public TimeSpan Interval => TimeSpan.FromSeconds(30);

    public async Task RunAsync(Pipeline pipeline, DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var warehouse in pipeline.Warehouses.Where(w => PollSlots.IsDue(w.Interval, last, now)))
        {
            await poller.PollAsync(pipeline.Project, warehouse, cancellationToken);
        }
    }
}

/// <summary>Removes what nobody needs any more, by the settings under <c>Retention</c>.</summary>
internal sealed class HousekeepingRound(ProjectHousekeeper housekeeper) : IRound
{
    public string Name => "housekeeping";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public Task RunAsync(Pipeline pipeline, DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken) =>
        housekeeper.KeepAsync(pipeline.Project, cancellationToken);
}
