using Waybill.Domain.Promotions;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.Sweeping;

namespace Waybill.Local.Driving;

/// <summary>Sweeps every project at start and now and then, and polls each warehouse in its own interval.</summary>
internal sealed class Timers(
    IPipelineSource pipelines, ProjectSweeper sweeper, WarehousePoller poller, TimeProvider time, ILogger<Timers> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    /// <summary>Kargo's lower bound for warehouses.</summary>
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string Project, string Warehouse), DateTimeOffset> _nextPolls = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var errors = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stoppingToken);
                await PollAsync(stoppingToken);
                errors = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The timers are the safety net: they outlive whatever breaks.
            catch (Exception error)
#pragma warning restore CA1031
            {
                errors++;
                logger.LogWarning(error, "The sweep did not get through; it is tried again.");
            }

            var pause = errors == 0 ? SweepInterval : PollSchedule.AfterErrors(errors);
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var project in pipelines.Pipelines.Keys)
        {
            await sweeper.SweepAsync(project, cancellationToken);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        foreach (var (project, pipeline) in pipelines.Pipelines)
        {
            foreach (var warehouse in pipeline.Warehouses)
            {
                var now = time.GetUtcNow();
                if (now < _nextPolls.GetValueOrDefault((project, warehouse.Name)))
                {
                    continue;
                }

                var interval = warehouse.Interval > ShortestPollInterval ? warehouse.Interval : ShortestPollInterval;
                _nextPolls[(project, warehouse.Name)] = now + interval;
                await poller.PollAsync(project, warehouse, cancellationToken);
            }
        }
    }
}
