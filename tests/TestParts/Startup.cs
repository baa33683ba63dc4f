namespace Waybill.TestParts;

/// <summary>How a program that listens is brought up: wait for its answer, and take another port where ours was taken.</summary>
internal static class Startup
{
    private const int Attempts = 3;

    /// <summary>Tries again with new ports where a program found its port taken; any other failure is thrown.</summary>
    public static async Task<T> WithFreePortsAsync<T>(Func<Task<T>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start();
            }
            catch (ProgramEndedException ex) when (ex.PortWasTaken && attempt < Attempts)
            {
                // Another test assembly was quicker.
            }
        }
    }

    /// <summary>Waits until a program answers; throws at once where it ends instead.</summary>
    public static Task UntilReadyAsync(
        this GuardedProcess process, string name, TimeSpan deadline, Func<CancellationToken, Task<bool>> ask) =>
        Poll.UntilAsync(
            $"{name} to be ready",
            deadline,
            async cancellationToken => process.HasExited
                ? throw new ProgramEndedException(name, process.LogTail())
                : await ask(cancellationToken));
}

/// <summary>A program ended before it was ready.</summary>
internal sealed class ProgramEndedException(string name, string log)
    : Exception($"{name} ended before it was ready. Its last words:\n{log}")
{
    public bool PortWasTaken { get; } =
        log.Contains("address already in use", StringComparison.OrdinalIgnoreCase)
        || log.Contains("EADDRINUSE", StringComparison.Ordinal);
}
