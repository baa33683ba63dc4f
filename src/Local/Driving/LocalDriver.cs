using System.Collections.Concurrent;
using Waybill.Engine.Ports;

namespace Waybill.Local.Driving;

/// <summary>
/// The driver of the one-process head: one worker for each promotion under way and one for each project, all of them asleep until
/// something happens or is due. It holds nothing that storage does not; after a restart the sweep finds what to drive.
/// </summary>
public sealed class LocalDriver(IServiceProvider services, TimeProvider time, ILogger<LocalDriver> logger) : BackgroundService, IDriver
{
    private readonly ConcurrentDictionary<PromotionKey, Worker> _promotions = new();
    private readonly ConcurrentDictionary<string, Worker> _projects = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Promotions that have a worker now.</summary>
    public int Count => _promotions.Count;

    public Task DrivePromotionAsync(PromotionKey promotion, CancellationToken cancellationToken)
    {
        while (!_promotions.GetOrAdd(promotion, Start).TryWake())
        {
            // That worker just found nothing left to do and is on its way out of the list.
            Thread.Yield();
        }

        return Task.CompletedTask;

        Worker Start(PromotionKey key) => new(new PromotionWork(services, key), time, logger, worker => _promotions.TryRemove(new(key, worker)), _stopping.Token);
    }

    public Task EvaluateProjectAsync(string project, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        // The project's worker computes by itself when to look again; a later moment needs no reminder.
        if (at is null || at <= time.GetUtcNow())
        {
            _projects.GetOrAdd(project, name => new Worker(new ProjectWork(services, name), time, logger, null, _stopping.Token)).TryWake();
        }

        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        _stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stopping.CancelAsync();
        await Task.WhenAll([.. _promotions.Values.Select(w => w.Completion), .. _projects.Values.Select(w => w.Completion)]);
    }
}
