using System.Text.Json.Nodes;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.WorkTrees;

namespace Waybill.Engine.Steps.Git;

/// <summary><c>git-open-pr</c>: opens a pull request, or finds the one that is open already; without a difference it is skipped, as in Kargo.</summary>
public sealed class GitOpenPullRequestStep(IGitRepositoryClient git, IPullRequestClient pulls) : IPromotionStep
{
    public string Uses => "git-open-pr";

    public TimeSpan DefaultTimeout => TimeSpan.FromMinutes(10);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var config = context.Config;
        var repository = config.Repository();
        var (source, target) = (config.RequiredText("sourceBranch"), config.RequiredText("targetBranch"));
        var tip = await git.FindBranchAsync(repository, source, cancellationToken)
            ?? throw new WorkTreeException($"{repository} has no branch {source}: push to it with git-push first.");
        var existing = await pulls.ListAsync(repository, source, target, cancellationToken);
        if (Choose(existing, tip.Head.Sha) is { } found)
        {
            return await DoneAsync(config, repository, found, "is there already", cancellationToken);
        }

        try
        {
            var (title, body) = Describe(config, tip.Head.Message);
            var opened = await pulls.CreateAsync(repository, new NewPullRequest(source, target, title, body), cancellationToken);
            return await DoneAsync(config, repository, opened, "is open", cancellationToken);
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.Refused && e.Said.Contains("No commits between", StringComparison.OrdinalIgnoreCase))
        {
            return StepResult.Skipped($"{source} has nothing that {target} has not.");
        }
    }

    // An open one first, then one that brought in this very commit; a request that was closed unmerged is history.
    private static PullRequest? Choose(IReadOnlyList<PullRequest> existing, string head) =>
        existing.FirstOrDefault(p => p.IsOpen) ?? existing.FirstOrDefault(p => p.IsMerged && p.HeadSha == head);

    private async Task<StepResult> DoneAsync(
        JsonObject config, RepositoryName repository, PullRequest request, string what, CancellationToken cancellationToken)
    {
        if (request.IsOpen && Labels(config) is { Count: > 0 } labels)
        {
            await pulls.AddLabelsAsync(repository, request.Number, labels, cancellationToken);
        }

        var output = new JsonObject { ["pr"] = new JsonObject { ["id"] = request.Number, ["url"] = request.Url } };
        return StepResult.Succeeded($"Pull request {request.Number} {what}: {request.Url}", output);
    }

    private static (string Title, string Body) Describe(JsonObject config, string message)
    {
        var parts = message.Split('\n', 2);
        return (config.Text("title"), config.Text("description")) switch
        {
            ({ Length: > 0 } title, { Length: > 0 } description) => (title, description),
            ({ Length: > 0 } title, _) => (title, message),
            (_, { Length: > 0 } description) => (parts[0], description),
            _ => (parts[0], parts.Length > 1 ? parts[1].Trim() : ""),
        };
    }

    private static List<string> Labels(JsonObject config) => config["labels"] switch
    {
        null => [],
        JsonArray list when list.All(l => l is JsonValue) => [.. list.Select(l => l!.ToString())],
        _ => throw new StepConfigException("config.labels must be a list of texts."),
    };
}
