using Polly;
using Polly.Retry;

namespace Waybill.Engine.Records;

/// <summary>Reads, decides and writes again when another writer was faster: a few times, a little later each time.</summary>
public static class Optimistic
{
    private static readonly ResiliencePipeline Pipeline = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<RowConflictException>(),
            MaxRetryAttempts = 12,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(5),
            MaxDelay = TimeSpan.FromMilliseconds(250),

            // Most often nobody is at it any more, or an alias was taken long ago: only who loses again stands back.
            DelayGenerator = attempt => new ValueTask<TimeSpan?>(attempt.AttemptNumber == 0 ? TimeSpan.Zero : null),
        })
        .Build();

    /// <summary>Runs the whole of <paramref name="attempt"/> again on <see cref="RowConflictException"/>, which is thrown on when it does not help.</summary>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        await Pipeline.ExecuteAsync(async token => await attempt(token), cancellationToken);
}
