using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Waybill.FunctionsContract.Replay;

/// <summary>What an orchestrator sees during one replay of its history.</summary>
internal sealed class ReplayContext(string name, string instanceId, string? input, DateTime startedAt, IReadOnlyList<HistoryEvent.Scheduled> recorded)
    : TaskOrchestrationContext
{
    private readonly Dictionary<int, TaskCompletionSource<string?>> _open = [];
    private readonly Dictionary<string, Stack<Waiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string? Payload)> _buffer = [];
    private readonly List<HistoryEvent.Scheduled> _scheduled = [];
    private readonly HashSet<int> _cancelledTimers = [];
    private DateTime _now = startedAt;
    private int _guids;

    public override TaskName Name => new(name);

    public override string InstanceId => instanceId;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _scheduled.Count < recorded.Count;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>What this replay asked for so far, in order.</summary>
    public IReadOnlyList<HistoryEvent.Scheduled> Scheduled => _scheduled;

    /// <summary>Timers that neither fired nor were cancelled.</summary>
    public IEnumerable<int> OpenTimers => _scheduled.Where(s => s.Kind == "timer" && _open.ContainsKey(s.Id) && !_cancelledTimers.Contains(s.Id)).Select(s => s.Id);

    public bool IsOpen(int id) => _open.ContainsKey(id) && !_cancelledTimers.Contains(id);

    /// <summary>Whether it waits for anything that this context handed out.</summary>
    public bool WaitsForSomething => _scheduled.Any(s => IsOpen(s.Id)) || _waiters.Values.Any(w => w.Count > 0);

    public string? CustomStatus { get; private set; }

    public bool IsContinuedAsNew { get; private set; }

    public string? NewInput { get; private set; }

    /// <summary>Events that nobody waited for, which the next generation is to get.</summary>
    public IReadOnlyList<(string Name, string? Payload)> CarriedEvents { get; private set; } = [];

    public override T? GetInput<T>()
        where T : default => Json.Read<T>(input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var policy = options?.Retry?.Policy;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Json.Read<TResult>(await ScheduleAsync("activity", name.Name, Json.Write(input), default))!;
            }
            catch (TaskFailedException) when (attempt < (policy?.MaxNumberOfAttempts ?? 1))
            {
                await CreateTimer(Delay(policy!, attempt), CancellationToken.None);
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (fireAt.Kind is not DateTimeKind.Utc)
        {
            throw new ArgumentException("Timers take UTC.", nameof(fireAt));
        }

        var id = _scheduled.Count;
        var timer = ScheduleAsync("timer", "", null, fireAt);
        cancellationToken.Register(() =>
        {
            if (_open.TryGetValue(id, out var source) && _cancelledTimers.Add(id))
            {
                source.TrySetCanceled(cancellationToken);
            }
        });
        return timer;
    }

    // As in the SDK: waiters of a name are a stack, and a cancelled one stays on it and swallows the event that reaches it.
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var source = new TaskCompletionSource<T>();
        var waiter = new Waiter(payload => source.TrySetResult(Json.Read<T>(payload)!));
        if (!_waiters.TryGetValue(eventName, out var stack))
        {
            _waiters[eventName] = stack = new Stack<Waiter>();
        }

        stack.Push(waiter);
        var buffered = _buffer.FindIndex(e => string.Equals(e.Name, eventName, StringComparison.OrdinalIgnoreCase));
        if (buffered >= 0)
        {
            var (_, payload) = _buffer[buffered];
            _buffer.RemoveAt(buffered);
            stack.Pop().Complete(payload);
        }

        cancellationToken.Register(() => source.TrySetCanceled(cancellationToken));
        return source.Task;
    }

    public override void SetCustomStatus(object? customStatus) => CustomStatus = Json.Write(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        IsContinuedAsNew = true;
        NewInput = Json.Write(newInput);
        CarriedEvents = preserveUnprocessedEvents ? [.. _buffer] : [];
    }

    public override Guid NewGuid() => new(_guids++, 0, 0, new byte[8]);

    /// <summary>Lets the orchestrator see one more thing of its history.</summary>
    public void Deliver(HistoryEvent happened)
    {
        _now = happened.At > _now ? happened.At : _now;
        switch (happened)
        {
            case HistoryEvent.Completed completed:
                Take(completed.Id)?.TrySetResult(completed.Result);
                break;
            case HistoryEvent.Failed failed:
                var details = new TaskFailureDetails(failed.ErrorType, failed.ErrorMessage, null, null, null);
                Take(failed.Id)?.TrySetException(new TaskFailedException(_scheduled[failed.Id].Name, failed.Id, details));
                break;
            case HistoryEvent.TimerFired fired when !_cancelledTimers.Contains(fired.Id):
                Take(fired.Id)?.TrySetResult(null);
                break;
            case HistoryEvent.EventRaised raised when _waiters.TryGetValue(raised.Name, out var stack) && stack.TryPop(out var waiter):
                waiter.Complete(raised.Payload);
                break;
            case HistoryEvent.EventRaised raised:
                _buffer.Add((raised.Name, raised.Payload));
                break;
        }
    }

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var delay = policy.FirstRetryInterval * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return delay < policy.MaxRetryInterval ? delay : policy.MaxRetryInterval;
    }

    private TaskCompletionSource<string?>? Take(int id) => _open.Remove(id, out var source) ? source : null;

    private Task<string?> ScheduleAsync(string kind, string name, string? input, DateTime fireAt)
    {
        var id = _scheduled.Count;
        var asked = new HistoryEvent.Scheduled(_now, id, kind, name, input, fireAt);
        if (id < recorded.Count && (recorded[id].Kind, recorded[id].Name, recorded[id].Input, recorded[id].FireAt) != (kind, name, input, fireAt))
        {
            throw new NonDeterminismException($"Action {id} of {instanceId} was {recorded[id]} and is now {asked}.");
        }

        var source = new TaskCompletionSource<string?>();
        _scheduled.Add(asked);
        _open[id] = source;
        return source.Task;
    }

    private sealed record Waiter(Action<string?> Complete);
}

/// <summary>Everything that passes between orchestrations, activities and clients passes as JSON, as in production.</summary>
internal static class Json
{
    // What the SDK's JsonDataConverter uses.
    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };

    public static string? Write(object? value) => value is null ? null : JsonSerializer.Serialize(value, Options);

    public static T? Read<T>(string? text) => text is null ? default : JsonSerializer.Deserialize<T>(text, Options);

    public static object? Read(string? text, Type type) => text is null ? null : JsonSerializer.Deserialize(text, type, Options);
}
