using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Engine.Sweeping;

namespace Waybill.Local.Driving;

/// <summary>Something that is done for every project at start and now and then.</summary>
internal interface IRound
{
    /// <summary>What it is, as a word in a log.</summary>
    string Name { get; }

    TimeSpan Interval { get; }

    /// <summary>Does it for one project.</summary>
    /// <param name="pipeline">The project.</param>
    /// <param name="last">When the last round that got through began; null when there was none.</param>
    /// <param name="now">When this one began.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    Task RunAsync(Pipeline pipeline, DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Does every round in its own interval, and again soon when it did not get through. A round that fails holds up no other.</summary>
internal sealed class Rounds(IEnumerable<IRound> rounds, ProjectRounds projects, TimeProvider time) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(rounds.Select(r => RunAsync(r, stoppingToken)));

    private async Task RunAsync(IRound round, CancellationToken stopping)
    {
        // What runs before the first wait would otherwise hold up the start of the next service.
        await Task.Yield();
        DateTimeOffset? last = null;
        for (var errors = 0; !stopping.IsCancellationRequested;)
        {
            var now = time.GetUtcNow();
            try
            {
                await projects.RunAsync(round.Name, p => round.RunAsync(p, last, now, stopping), stopping);
                (last, errors) = (now, 0);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The rounds are the safety net: they outlive whatever breaks. It is logged by then.
            catch (Exception)
#pragma warning restore CA1031
            {
                errors++;
            }

            var pause = errors == 0 ? round.Interval : PollSchedule.AfterErrors(errors);
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
