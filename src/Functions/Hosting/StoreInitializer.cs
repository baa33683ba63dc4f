using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Ports;

namespace Waybill.Functions.Hosting;

/// <summary>Makes sure at start that the table is there. An outage does not keep the app from starting: whatever needs the table says so.</summary>
internal sealed partial class StoreInitializer(IRowStore rows, ILogger<StoreInitializer> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await rows.InitializeAsync(deadline.Token);
        }
        catch (Exception error) when (error is StorageUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(error);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Error, Message = "The table could not be looked for at start; it is used all the same once it can be reached.")]
    private partial void LogUnavailable(Exception error);
}
