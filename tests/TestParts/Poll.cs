namespace Waybill.TestParts;

/// <summary>Waits for something to become true, and never for ever.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Asks until the answer is yes. Past the deadline it throws <see cref="TimeoutException"/> saying what was waited for
    /// and what the last question threw, if it did.
    /// </summary>
    public static async Task UntilAsync(
        string what, TimeSpan deadline, Func<CancellationToken, Task<bool>> ask, CancellationToken cancellationToken = default)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(deadline);
        Exception? seen = null;
        while (!timer.IsCancellationRequested)
        {
            try
            {
                if (await ask(timer.Token))
                {
                    return;
                }
            }
            catch (Exception ex) when (ex is HttpRequestException or OperationCanceledException)
            {
                seen = ex is HttpRequestException ? ex : seen;
            }

            await Task.Delay(Interval, timer.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var error = seen is null ? "" : $" The last error was: {seen.Message}";
        throw new TimeoutException($"Waited {deadline.TotalSeconds:0.#} s in vain for {what}.{error}", seen);
    }
}
