namespace Waybill.FunctionsContract.Replay;

/// <summary>Runs continuations one after the other on the calling thread, as the runtime's scheduler does.</summary>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Whether something came back on another thread: the orchestrator awaited what the context did not hand out.</summary>
    public bool HasStrayed { get; private set; }

    public override void Post(SendOrPostCallback d, object? state)
    {
        HasStrayed |= Environment.CurrentManagedThreadId != _thread;
        lock (_posted)
        {
            _posted.Enqueue((d, state));
        }
    }

    /// <summary>Runs something, and all that follows from it, until nothing is left to run.</summary>
    public void Run(Action action)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
            while (TryTake(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_posted)
        {
            return _posted.TryDequeue(out next);
        }
    }
}
