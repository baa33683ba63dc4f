using Microsoft.DurableTask;

namespace Waybill.Functions.Durable;

/// <summary>Waits for time to pass or one of some events, whichever is first.</summary>
/// <remarks>
/// A waiter is kept until an event completes it and is never cancelled: the runtime would leave a cancelled one on its stack, where
/// it swallows the next event. Timers are cancelled when they lose: an open one would keep the instance running.
/// </remarks>
internal sealed class WakeEvents(TaskOrchestrationContext context, params string[] names)
{
    private readonly Task<string?>?[] _waiters = new Task<string?>?[names.Length];

    /// <summary>Returns the name and payload of the event that came, or null when the time is over.</summary>
    public async Task<(string Name, string? Payload)?> WaitAsync(DateTimeOffset until)
    {
        for (var i = 0; i < names.Length; i++)
        {
            _waiters[i] ??= context.WaitForExternalEvent<string?>(names[i]);
        }

        using var lost = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, lost.Token);
        await Task.WhenAny([timer, .. _waiters.OfType<Task>()]);
        if (!timer.IsCompleted)
        {
            lost.Cancel();
        }

        return await TakeAsync();
    }

    private async Task<(string Name, string? Payload)?> TakeAsync()
    {
        (string Name, string? Payload)? taken = null;
        for (var i = 0; i < names.Length; i++)
        {
            if (_waiters[i] is { IsCompleted: true } waiter)
            {
                taken ??= (names[i], await waiter);
                _waiters[i] = null;
            }
        }

        return taken;
    }
}
