using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>The endpoints of pull requests.</summary>
internal static class PullRequestRoutes
{
    public static GitHubReply List(SimulatedRepository repository, IQueryCollection query, string api)
    {
        var (state, head, @base) = (query["state"].ToString(), query["head"].ToString(), query["base"].ToString());
        var found = repository.PullRequests
            .Where(p => state is "all" || p.IsOpen == state is not "closed")
            .Where(p => head.Length == 0 || head.Equals($"{repository.Owner}:{p.Head}", StringComparison.OrdinalIgnoreCase))
            .Where(p => @base.Length == 0 || p.Base == @base)
            .Reverse();
        return GitHubReply.Ok(new JsonArray([.. found.Select(new PullRequestShapes(repository, api).Simple)]));
    }

    public static GitHubReply Get(SimulatedRepository repository, string path, string api) =>
        int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && repository.FindPullRequest(number) is { } request
            ? GitHubReply.Ok(new PullRequestShapes(repository, api).Whole(request))
            : GitHubReply.NotFound;

    /// <summary>Null for what is no pull request.</summary>
    public static GitHubReply? Change(SimulatedRepository repository, string method, string path, JsonObject body, string api) => (method, path.Split('/')) switch
    {
        ("POST", ["pulls"]) => Create(repository, body, api),
        ("PUT", ["pulls", var text, "merge"]) when Find(repository, text) is { } request => Merge(repository, request, body),
        ("POST", ["issues", var text, "labels"]) when Find(repository, text) is { } request => GitHubReply.Ok(
            new PullRequestShapes(repository, api).Labels(repository.Label(request.Number, (body["labels"] as JsonArray ?? []).Select(l => (string)l!)))),
        _ => null,
    };

    private static GitHubReply Create(SimulatedRepository repository, JsonObject body, string api)
    {
        var (request, refusal) = repository.AddPullRequest((string)body["head"]!, (string)body["base"]!, (string)body["title"]!, (string?)body["body"]);
        if (request is not null)
        {
            return new GitHubReply(StatusCodes.Status201Created, new PullRequestShapes(repository, api).Whole(request));
        }

        var error = GitHubReply.Error(StatusCodes.Status422UnprocessableEntity, "Validation Failed");
        error.Body["errors"] = refusal!.EndsWith(" invalid", StringComparison.Ordinal)
            ? new JsonArray(new JsonObject { ["resource"] = "PullRequest", ["field"] = refusal.Split(' ')[0], ["code"] = "invalid" })
            : new JsonArray(new JsonObject { ["resource"] = "PullRequest", ["code"] = "custom", ["message"] = refusal });
        return error;
    }

    private static GitHubReply Merge(SimulatedRepository repository, SimulatedPullRequest request, JsonObject body)
    {
        if (repository.MergeableStateOf(request) is not ("clean" or "unstable" or "has_hooks") and var state)
        {
            return GitHubReply.Error(
                StatusCodes.Status405MethodNotAllowed,
                state is "blocked" ? "At least 1 approving review is required by reviewers with write access." : "Pull Request is not mergeable");
        }

        if ((string?)body["merge_method"] is "rebase")
        {
            return GitHubReply.Error(StatusCodes.Status405MethodNotAllowed, "Rebase merges are not allowed on this repository.");
        }

        return repository.Merge(request.Number) is { } sha
            ? GitHubReply.Ok(new JsonObject { ["sha"] = sha, ["merged"] = true, ["message"] = "Pull Request successfully merged" })
            : GitHubReply.Error(StatusCodes.Status405MethodNotAllowed, "Pull Request is not mergeable");
    }

    private static SimulatedPullRequest? Find(SimulatedRepository repository, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? repository.FindPullRequest(number) : null;
}
