using System.Net;
using k8s.Autorest;

namespace Waybill.Simulation.Cluster.Operator;

/// <summary>What a simulated controller does all its life: look at everything, wait, look again, whatever goes wrong.</summary>
internal sealed class ControlLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ControlLoop, CancellationToken, Task> _look;
    private readonly TimeSpan _interval;
    private readonly Task _work;
    private long _rounds;

    /// <param name="look">One look at everything; given the loop, for <see cref="AttemptAsync"/>.</param>
    /// <param name="interval">Real time between two looks; 100 ms when null.</param>
    public ControlLoop(Func<ControlLoop, CancellationToken, Task> look, TimeSpan? interval)
    {
        _look = look;
        _interval = interval ?? TimeSpan.FromMilliseconds(100);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>What went wrong last, if anything did.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>How many times it has looked.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>Looks after one object: its trouble is no other's, and a conflict only means that somebody was faster.</summary>
    public async Task AttemptAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (HttpOperationException ex)
        {
            LastError = ex.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound ? LastError : ex;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _look(this, _stop.Token);
            }
            catch (Exception ex)
            {
                // A script's mistake, or a cluster that is away for a moment, must not end the controller.
                LastError = _stop.IsCancellationRequested ? LastError : ex;
            }

            Interlocked.Increment(ref _rounds);
            await Task.Delay(_interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
