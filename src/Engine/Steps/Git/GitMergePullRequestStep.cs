using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Steps.Git;

/// <summary>
/// <c>git-merge-pr</c>: merges a pull request. What may still become mergeable is waited for, where <c>wait</c> says so; what can't,
/// such as a conflict, fails at once. Run twice, it finds the request merged.
/// </summary>
public sealed class GitMergePullRequestStep(IPullRequestClient pulls) : IPromotionStep
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);

    public string Uses => "git-merge-pr";

    public TimeSpan DefaultTimeout => PullRequests.DefaultTimeout;

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var (repository, number) = (context.Config.Repository(), context.Config.Number());
        if (await pulls.FindAsync(repository, number, cancellationToken) is not { } request)
        {
            return StepResult.Failed($"{repository} has no pull request {number}.");
        }

        return request switch
        {
            { IsMerged: true } => Merged(number, request.MergeCommit ?? ""),
            { IsOpen: false } => StepResult.Failed($"Pull request {number} was closed without being merged: {request.Url}"),
            { MergeableState: "dirty" } => StepResult.Failed($"Pull request {number} has conflicts and can't be merged: {request.Url}"),
            _ when IsNotReady(request) is { } reason => NotReady(context, request, reason),
            _ => await MergeAsync(context, repository, request, cancellationToken),
        };
    }

    private async Task<StepResult> MergeAsync(StepContext context, RepositoryName repository, PullRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Merged(request.Number, await pulls.MergeAsync(repository, request.Number, context.Config.Text("mergeMethod"), cancellationToken));
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.Refused && MayPass(e.Said, request.MergeableState is "blocked" or "behind"))
        {
            return NotReady(context, request, e.Said);
        }
    }

    // A rule that blocks the request may not bind us, so a blocked one is tried. Without a state only the flags are left to go by.
    private static string? IsNotReady(PullRequest request) => request switch
    {
        { IsDraft: true } => "it is a draft",
        { MergeableState: "clean" or "unstable" or "has_hooks" or "blocked" or "behind" } => null,
        { MergeableState: "unknown" } or { IsMergeable: not true } => "GitHub has not worked out whether it can be merged",
        _ => null,
    };

    // As Kargo reads GitHub's words: a method that is not allowed stays so, a moved base is another try's matter.
    private static bool MayPass(string said, bool isBlocked) =>
        !said.Contains("not allowed", StringComparison.OrdinalIgnoreCase)
        && (isBlocked
            || said.Contains("Base branch was modified", StringComparison.OrdinalIgnoreCase)
            || said.Contains("Pull Request is not mergeable", StringComparison.OrdinalIgnoreCase));

    private static StepResult NotReady(StepContext context, PullRequest request, string reason) => context.Config.Flag("wait")
        ? context.WaitFor(request, $"Pull request {request.Number} can't be merged yet ({reason}): {request.Url}", Poll)
        : StepResult.Failed($"Pull request {request.Number} can't be merged yet ({reason}): set wait to true to wait for it. {request.Url}");

    private static StepResult Merged(int number, string commit) =>
        StepResult.Succeeded($"Pull request {number} is merged.", new JsonObject { ["commit"] = commit });
}
