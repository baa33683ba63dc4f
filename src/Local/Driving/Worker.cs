using Waybill.Domain.Promotions;

namespace Waybill.Local.Driving;

/// <summary>Runs one piece of work again and again: when it is due, when it is woken, and a little later after an error.</summary>
internal sealed class Worker
{
    private readonly IWork _work;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<Worker>? _over;
    private readonly Lock _gate = new();
    private TaskCompletionSource _woken = New();
    private bool _isOver;

    public Worker(IWork work, TimeProvider time, ILogger logger, Action<Worker>? over, CancellationToken stopping)
    {
        (_work, _time, _logger, _over) = (work, time, logger, over);
        Completion = Task.Run(() => RunAsync(stopping), CancellationToken.None);
    }

    public Task Completion { get; }

    /// <summary>Has the work run soon; wakes that come while it runs make it run once more. False when it is over for good.</summary>
    public bool TryWake()
    {
        lock (_gate)
        {
            _woken.TrySetResult();
            return !_isOver;
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var errors = 0;
        while (!stopping.IsCancellationRequested && !_isOver)
        {
            var woken = Rearm();
            try
            {
                var next = await _work.RunAsync(stopping);
                errors = 0;
                await (next.IsOver ? Task.CompletedTask : WaitAsync(next.At, woken, stopping));
                End(next, woken);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever broke, the work is still to be done: say it, and try again later.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _logger.LogWarning(error, "{Work} did not get through; it is tried again.", _work);
                await WaitAsync(_time.GetUtcNow() + PollSchedule.AfterErrors(++errors), New().Task, stopping);
            }
        }

        _over?.Invoke(this);
    }

    /// <summary>Over only if nobody woke it meanwhile: who is told that it was woken can rely on it.</summary>
    private void End(NextRun next, Task woken)
    {
        lock (_gate)
        {
            _isOver = next.IsOver && !woken.IsCompleted;
        }
    }

    private Task Rearm()
    {
        lock (_gate)
        {
            _woken = _woken.Task.IsCompleted ? New() : _woken;
            return _woken.Task;
        }
    }

    private async Task WaitAsync(DateTimeOffset? until, Task woken, CancellationToken stopping)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var delay = until is { } moment ? Clamp(moment - _time.GetUtcNow()) : Timeout.InfiniteTimeSpan;
        await Task.WhenAny(Task.Delay(delay, _time, timer.Token), woken);
        await timer.CancelAsync();
    }

    // A timer takes no more than some weeks; coming back early is harmless.
    private static TimeSpan Clamp(TimeSpan delay) => TimeSpan.FromTicks(Math.Clamp(delay.Ticks, 0, TimeSpan.FromDays(7).Ticks));

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
