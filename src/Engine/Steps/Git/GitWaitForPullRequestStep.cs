using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.Git;

/// <summary><c>git-wait-for-pr</c>: waits until a pull request is merged; one that is closed without is a failure.</summary>
public sealed class GitWaitForPullRequestStep(IPullRequestClient pulls) : IPromotionStep
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(30);

    public string Uses => "git-wait-for-pr";

    public TimeSpan DefaultTimeout => PullRequests.DefaultTimeout;

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (repository, number) = (context.Config.Repository(), context.Config.Number());
        if (await pulls.FindAsync(repository, number, cancellationToken) is not { } request)
        {
            return StepResult.Errored($"{repository} has no pull request {number}.");
        }

        var output = PullRequests.Output(request);
        return request switch
        {
            { IsMerged: true } => StepResult.Succeeded($"Pull request {number} was merged as {request.MergeCommit?[..7]}.", output),
            { IsOpen: true } => context.WaitFor(request, $"Pull request {number} is open: {request.Url}", Poll) with { Output = output },
            _ => StepResult.Failed($"Pull request {number} was closed without being merged: {request.Url}", output),
        };
    }
}
