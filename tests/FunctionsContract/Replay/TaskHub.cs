using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace Waybill.FunctionsContract.Replay;

/// <summary>
/// A task hub in memory whose time is a test's: orchestrations by name, their instances, and a client to them. Activities run one at a
/// time, in the order in which they were asked for.
/// </summary>
public sealed class TaskHub(FakeTimeProvider time, ActivityCatalog activities)
{
    /// <summary>More activities than this without time passing is a loop that runs hot.</summary>
    private const int HotLoop = 500;

    private readonly Dictionary<string, Orchestrator> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ReplayingOrchestration> _instances = new();
    private int _purgedRuns;
    private readonly ConcurrentQueue<(string Instance, string Event, string? Payload)> _events = new();

    /// <summary>How many activities were run, lost results among them.</summary>
    public int ActivitiesRun { get; private set; }

    /// <summary>How often orchestrators' code was run, replays among them.</summary>
    public int OrchestratorRuns => _purgedRuns + _instances.Values.Sum(i => i.Runs);

    /// <summary>Says of the nth activity run, the first being 1, whether the process dies right after it: its result is lost, and it is run again.</summary>
    public Func<int, bool> DiesAfter { get; set; } = _ => false;

    /// <summary>While true, events that are raised get lost.</summary>
    public bool LosesEvents { get; set; }

    public DurableTaskClient Client => field ??= new TaskHubClient(this);

    public IReadOnlyCollection<ReplayingOrchestration> Instances => [.. _instances.Values];

    public TaskHub Add(string name, Orchestrator orchestrator)
    {
        _orchestrators[name] = orchestrator;
        return this;
    }

    public ReplayingOrchestration Instance(string id) => _instances[id];

    public ReplayingOrchestration? Find(string id) => _instances.GetValueOrDefault(id);

    /// <summary>Starts an instance. One of that id that is over is replaced; one that is not makes this throw, as host.json asks for.</summary>
    public ReplayingOrchestration Start(string name, string id, string? input)
    {
        if (_instances.TryGetValue(id, out var existing) && !existing.IsOver)
        {
            throw new InvalidOperationException($"An instance {id} is there already and is {existing.Status}.");
        }

        if (!_orchestrators.TryGetValue(name, out var orchestrator))
        {
            throw new InvalidOperationException($"There is no orchestrator {name}.");
        }

        _purgedRuns += existing?.Runs ?? 0;
        return _instances[id] = new ReplayingOrchestration(name, id, orchestrator, input, time);
    }

    /// <summary>Raises an event; one to an instance that is over or was never there is dropped silently.</summary>
    public void Raise(string id, string name, string? payload = null)
    {
        if (!LosesEvents)
        {
            _events.Enqueue((id, name, payload));
        }
    }

    /// <summary>Removes instances that are over.</summary>
    public int Purge(Func<ReplayingOrchestration, bool> which) =>
        _instances.Values.Where(i => i.IsOver && which(i)).Count(i => _instances.TryRemove(i.InstanceId, out _));

    /// <summary>Lets everything happen that needs no time to pass.</summary>
    public async Task RunAsync()
    {
        for (var left = HotLoop; ; left--)
        {
            if (left == 0)
            {
                throw new InvalidOperationException($"{HotLoop} things happened without time passing: something loops hot.");
            }

            if (!DeliverOne() && !await RunOneActivityAsync())
            {
                return;
            }
        }
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public async Task AdvanceAsync(TimeSpan span)
    {
        var end = time.GetUtcNow() + span;
        await RunAsync();
        while (NextTimer() is { } timer && timer.FireAt <= end.UtcDateTime)
        {
            MoveTo(new DateTimeOffset(timer.FireAt, TimeSpan.Zero));
            await RunAsync();
        }

        MoveTo(end);
        await RunAsync();
    }

    /// <summary>Lets time pass until something is so; throws when it is not within <paramref name="limit"/>.</summary>
    public async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan limit)
    {
        var end = time.GetUtcNow() + limit;
        await RunAsync();
        while (!condition())
        {
            if (NextTimer() is not { } timer || timer.FireAt > end.UtcDateTime)
            {
                throw new TimeoutException($"It was not so within {limit}. Instances: {string.Join("; ", Instances.Select(i => $"{i.InstanceId} {i.Status} {i.CustomStatus} {i.Failure?.Message}"))}");
            }

            MoveTo(new DateTimeOffset(timer.FireAt, TimeSpan.Zero));
            await RunAsync();
        }
    }

    /// <summary>A function runs on its own: what it hands to its async flow ends with it.</summary>
    private async Task<bool> RunOneActivityAsync()
    {
        foreach (var instance in _instances.Values.Where(i => !i.IsOver))
        {
            if (instance.PendingActivities is [var next, ..])
            {
                var outcome = await Task.Run(() => activities.RunAsync(next, Client, time));
                ActivitiesRun++;
                if (!DiesAfter(ActivitiesRun))
                {
                    // Events that came meanwhile arrive first: the order that is harder to bear.
                    while (DeliverEvent())
                    {
                    }

                    instance.Happen(outcome);
                }

                return true;
            }
        }

        return false;
    }

    private bool DeliverOne()
    {
        if (_instances.Values.FirstOrDefault(i => i.Status is OrchestrationRuntimeStatus.Pending) is { } pending)
        {
            pending.Start();
            return true;
        }

        if (DeliverEvent())
        {
            return true;
        }

        var now = time.GetUtcNow().UtcDateTime;
        foreach (var instance in _instances.Values)
        {
            if (instance.PendingTimers.FirstOrDefault(t => t.FireAt <= now) is { } due)
            {
                instance.Happen(new HistoryEvent.TimerFired(now, due.Id));
                return true;
            }
        }

        return false;
    }

    private bool DeliverEvent()
    {
        if (!_events.TryDequeue(out var raised))
        {
            return false;
        }

        Find(raised.Instance)?.Happen(new HistoryEvent.EventRaised(time.GetUtcNow().UtcDateTime, raised.Event, raised.Payload));
        return true;
    }

    private HistoryEvent.Scheduled? NextTimer() => _instances.Values.SelectMany(i => i.PendingTimers).MinBy(t => t.FireAt);

    private void MoveTo(DateTimeOffset moment)
    {
        if (moment > time.GetUtcNow())
        {
            time.SetUtcNow(moment);
        }
    }
}
