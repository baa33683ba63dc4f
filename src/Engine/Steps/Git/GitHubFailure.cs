using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.Git;

/// <summary>What it means for a step that GitHub did not do as asked.</summary>
internal static class GitHubFailure
{
    /// <summary>However often GitHub says to come back later, no step waits longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);

    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(10);

    public static StepResult Judge(GitHubException error, StepContext context) => error.Kind switch
    {
        GitHubErrorKind.RateLimited => WaitFor(error, context),
        GitHubErrorKind.Unavailable when error.RetryAfter is not null => WaitFor(error, context),
        GitHubErrorKind.Unavailable => StepResult.TransientError(error.Message),
        GitHubErrorKind.Refused => StepResult.Failed(error.Message),
        _ => StepResult.Errored(error.Message),
    };

    // GitHub said when to come back: that is no error, and asking earlier would prolong it.
    private static StepResult WaitFor(GitHubException error, StepContext context)
    {
        var until = context.Now + (error.RetryAfter ?? PollSchedule.Longest);
        var latest = context.StartedAt + LongestWait;
        var deadline = until + Reserve < latest ? until + Reserve : latest;
        return StepResult.Waiting(error.Message) with
        {
            NextCheckAt = until,
            Deadline = context.Step.Retry.Timeout is null && (context.State.Wait is null || context.State.Wait.Deadline < deadline) ? deadline : null,
        };
    }
}
