using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <summary>Pull requests in the shapes of GitHub's REST API.</summary>
internal sealed class PullRequestShapes(SimulatedRepository repository, string api)
{
    private readonly string _url = RepositoryShapes.UrlOf(repository, api);

    public JsonObject Simple(SimulatedPullRequest request)
    {
        var (url, issue, page) = ($"{_url}/pulls/{request.Number}", $"{_url}/issues/{request.Number}", $"https://github.com/{repository.FullName}/pull/{request.Number}");
        var statuses = $"{_url}/statuses/{request.HeadSha}";
        return new JsonObject
        {
            ["id"] = RepositoryShapes.NumberOf($"{repository.FullName}#{request.Number}"),
            ["node_id"] = RepositoryShapes.NodeId("PR", $"{repository.FullName}#{request.Number}"),
            ["number"] = request.Number,
            ["url"] = url,
            ["html_url"] = page,
            ["diff_url"] = $"{page}.diff",
            ["patch_url"] = $"{page}.patch",
            ["issue_url"] = issue,
            ["commits_url"] = $"{url}/commits",
            ["review_comments_url"] = $"{url}/comments",
            ["review_comment_url"] = $"{_url}/pulls/comments{{/number}}",
            ["comments_url"] = $"{issue}/comments",
            ["statuses_url"] = statuses,
            ["state"] = request.IsOpen ? "open" : "closed",
            ["locked"] = false,
            ["draft"] = request.IsDraft,
            ["title"] = request.Title,
            ["body"] = request.Body,
            ["user"] = RepositoryShapes.User(SimulatedPerson.Ada.Login, api),
            ["labels"] = Labels(request),
            ["milestone"] = null,
            ["created_at"] = CommitShapes.Time(request.CreatedAt),
            ["updated_at"] = CommitShapes.Time(request.ClosedAt ?? request.CreatedAt),
            ["closed_at"] = Time(request.ClosedAt),
            ["merged_at"] = Time(request.MergedAt),
            ["merge_commit_sha"] = request.MergeSha,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(),
            ["head"] = Side(request.Head, request.HeadSha),
            ["base"] = Side(request.Base, repository.HeadOf(request.Base) ?? request.HeadSha),
            ["author_association"] = "OWNER",
            ["auto_merge"] = null,
            ["_links"] = new JsonObject
            {
                ["self"] = Link(url),
                ["html"] = Link(page),
                ["issue"] = Link(issue),
                ["comments"] = Link($"{issue}/comments"),
                ["review_comments"] = Link($"{url}/comments"),
                ["review_comment"] = Link($"{_url}/pulls/comments{{/number}}"),
                ["commits"] = Link($"{url}/commits"),
                ["statuses"] = Link(statuses),
            },
        };
    }

    public JsonObject Whole(SimulatedPullRequest request)
    {
        var shape = Simple(request);
        var state = repository.MergeableStateOf(request);
        shape["merged"] = request.MergedAt is not null;
        shape["mergeable"] = state is "unknown" ? null : state is not "dirty";
        shape["mergeable_state"] = state;
        shape["rebaseable"] = null;
        shape["merged_by"] = request.MergedAt is null ? null : RepositoryShapes.User(SimulatedPerson.Ada.Login, api);
        shape["maintainer_can_modify"] = false;
        foreach (var count in (string[])["comments", "review_comments", "commits", "additions", "deletions", "changed_files"])
        {
            shape[count] = 1;
        }

        return shape;
    }

    public JsonArray Labels(SimulatedPullRequest request) => new([.. request.Labels.Select(l => new JsonObject
    {
        ["id"] = RepositoryShapes.NumberOf(l),
        ["node_id"] = RepositoryShapes.NodeId("LA", l),
        ["url"] = $"{_url}/labels/{Uri.EscapeDataString(l)}",
        ["name"] = l,
        ["description"] = "",
        ["color"] = "ededed",
        ["default"] = false,
    })]);

    private JsonObject Side(string branch, string sha) => new()
    {
        ["label"] = $"{repository.Owner}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = RepositoryShapes.User(repository.Owner, api),
        ["repo"] = RepositoryShapes.Repository(repository, api),
    };

    private static JsonObject Link(string address) => new() { ["href"] = address };

    private static string? Time(DateTimeOffset? moment) => moment is { } known ? CommitShapes.Time(known) : null;
}
