using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Waybill.FunctionsContract.Replay;

/// <summary>An orchestrator function: the instance's result, or null.</summary>
public delegate Task<object?> Orchestrator(TaskOrchestrationContext context);

/// <summary>
/// One orchestration instance. Whenever something happened to it, its whole history is replayed from the start, as after a restart in
/// production; it throws <see cref="NonDeterminismException"/> when the orchestrator then does anything else than before.
/// </summary>
public sealed class ReplayingOrchestration(string name, string instanceId, Orchestrator orchestrator, string? input, TimeProvider time)
{
    private readonly List<HistoryEvent> _history = [];
    private DateTime _startedAt = time.GetUtcNow().UtcDateTime;
    private string? _input = input;

    public string Name { get; } = name;

    public string InstanceId { get; } = instanceId;

    public OrchestrationRuntimeStatus Status { get; private set; } = OrchestrationRuntimeStatus.Pending;

    public DateTimeOffset CreatedAt { get; } = time.GetUtcNow();

    public DateTimeOffset UpdatedAt { get; private set; } = time.GetUtcNow();

    /// <summary>The custom status, as JSON.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>What it returned, as JSON; null unless it completed.</summary>
    public string? Output { get; private set; }

    /// <summary>Why it failed; null unless it did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>How often it began anew.</summary>
    public int Generations { get; private set; } = 1;

    /// <summary>How often its code was run, each replay being one: what is paid for.</summary>
    public int Runs { get; private set; }

    /// <summary>The most events that one generation's history held.</summary>
    public int LongestHistory { get; private set; }

    public IReadOnlyList<HistoryEvent> History => _history;

    public bool IsOver => Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>Activities that it asked for and that have not come back.</summary>
    internal IReadOnlyList<HistoryEvent.Scheduled> PendingActivities { get; private set; } = [];

    /// <summary>Timers that it waits for.</summary>
    internal IReadOnlyList<HistoryEvent.Scheduled> PendingTimers { get; private set; } = [];

    internal void Start() => Replay();

    internal void Happen(HistoryEvent happened)
    {
        if (IsOver)
        {
            return;
        }

        _history.Add(happened);
        Replay();
    }

    private void Replay()
    {
        Runs++;
        var recorded = _history.OfType<HistoryEvent.Scheduled>().ToList();
        var context = new ReplayContext(Name, InstanceId, _input, _startedAt, recorded);
        var thread = new OrchestratorThread();
        var run = Task.FromResult<object?>(null);
        thread.Run(() => run = orchestrator(context));
        foreach (var happened in _history.Where(h => h is not HistoryEvent.Scheduled).ToList())
        {
            thread.Run(() => context.Deliver(happened));
        }

        Check(run, context, thread, recorded);
        _history.AddRange(context.Scheduled.Skip(recorded.Count));
        LongestHistory = Math.Max(LongestHistory, _history.Count);
        CustomStatus = context.CustomStatus ?? CustomStatus;
        UpdatedAt = time.GetUtcNow();
        Settle(run, context);
    }

    private void Check(Task<object?> run, ReplayContext context, OrchestratorThread thread, List<HistoryEvent.Scheduled> recorded)
    {
        if (run.Exception?.InnerException is NonDeterminismException astray)
        {
            throw astray;
        }

        if (thread.HasStrayed || (!run.IsCompleted && !context.WaitsForSomething))
        {
            throw new NonDeterminismException($"{InstanceId} awaits something that its context did not hand out.");
        }

        if (context.Scheduled.Count < recorded.Count)
        {
            throw new NonDeterminismException($"{InstanceId} no longer asks for {recorded[context.Scheduled.Count]}.");
        }

        if (run.IsCompletedSuccessfully && context.OpenTimers.Any())
        {
            throw new NonDeterminismException($"{InstanceId} ended with an open timer, which keeps it running in production.");
        }
    }

    private void Settle(Task<object?> run, ReplayContext context)
    {
        PendingActivities = [.. context.Scheduled.Where(s => s.Kind == "activity" && context.IsOpen(s.Id))];
        PendingTimers = [.. context.Scheduled.Where(s => s.Kind == "timer" && context.IsOpen(s.Id))];
        Status = OrchestrationRuntimeStatus.Running;
        if (run.IsFaulted)
        {
            (Status, Failure) = (OrchestrationRuntimeStatus.Failed, run.Exception!.InnerException);
            Forget();
        }
        else if (run.IsCompletedSuccessfully && context.IsContinuedAsNew)
        {
            BeginAnew(context);
        }
        else if (run.IsCompletedSuccessfully)
        {
            (Status, Output) = (OrchestrationRuntimeStatus.Completed, Json.Write(run.Result));
            Forget();
        }
    }

    private void BeginAnew(ReplayContext context)
    {
        Generations++;
        _input = context.NewInput;
        _startedAt = time.GetUtcNow().UtcDateTime;
        _history.Clear();
        _history.AddRange(context.CarriedEvents.Select(e => new HistoryEvent.EventRaised(_startedAt, e.Name, e.Payload)));
        Replay();
    }

    private void Forget() => (PendingActivities, PendingTimers) = ([], []);
}
