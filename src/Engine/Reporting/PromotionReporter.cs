using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Reporting;

/// <summary>
/// Has GitHub told of promotions, behind the back of whoever changed them: nothing waits for it, and what goes wrong is logged. What is
/// lost that way, or with the process, is told at the promotion's next change or found by the sweep.
/// </summary>
public sealed partial class PromotionReporter(PromotionTeller teller, ReportingOptions options, TimeProvider time, ILogger<PromotionReporter> logger)
{
    /// <summary>How long telling one change may take, all its requests together.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>More than this waiting means that GitHub does not answer; the oldest is then left to the sweep.</summary>
    private const int LongestQueue = 512;

    private readonly Channel<PromotionKey> _waiting = Channel.CreateBounded<PromotionKey>(
        new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Lock _lock = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Call it after the change is stored. Returns at once.</summary>
    public void Report(string project, string promotion)
    {
        if (!options.IsOn)
        {
            return;
        }

        lock (_lock)
        {
            _waiting.Writer.TryWrite(new PromotionKey(project, promotion));
            _work = _work.IsCompleted ? Task.Run(WorkAsync) : _work;
        }
    }

    /// <summary>Ends when everything that was reported so far was told, or given up.</summary>
    public async Task SettleAsync()
    {
        Task work;
        lock (_lock)
        {
            work = _work;
        }

        await work;
    }

    private async Task WorkAsync()
    {
        while (TryTake(out var promotion))
        {
            try
            {
                using var deadline = new CancellationTokenSource(Patience, time);
                await Optimistic.RunAsync(
                    async token =>
                    {
                        await teller.TellAsync(promotion, token);
                        return true;
                    },
                    deadline.Token);
            }
            catch (Exception failure)
            {
                LogFailed(failure, promotion.Name, failure.Message);
            }
        }
    }

    // Under the lock, so that whoever reports after the last was taken starts anew.
    private bool TryTake(out PromotionKey promotion)
    {
        lock (_lock)
        {
            if (_waiting.Reader.TryRead(out promotion!))
            {
                return true;
            }

            _work = Task.CompletedTask;
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub was not told how promotion {Promotion} stands: {Reason} The sweep tries again.")]
    private partial void LogFailed(Exception failure, string promotion, string reason);
}
