using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <summary>Accounts and repositories in the shapes of GitHub's REST API.</summary>
internal static class RepositoryShapes
{
    private static readonly string[] Links =
    [
        "archive_url:{archive_format}{/ref}", "assignees_url:assignees{/user}", "blobs_url:git/blobs{/sha}", "branches_url:branches{/branch}",
        "collaborators_url:collaborators{/collaborator}", "comments_url:comments{/number}", "commits_url:commits{/sha}",
        "compare_url:compare/{base}...{head}", "contents_url:contents/{+path}", "contributors_url:contributors", "deployments_url:deployments",
        "downloads_url:downloads", "events_url:events", "forks_url:forks", "git_commits_url:git/commits{/sha}", "git_refs_url:git/refs{/sha}",
        "git_tags_url:git/tags{/sha}", "hooks_url:hooks", "issue_comment_url:issues/comments{/number}", "issue_events_url:issues/events{/number}",
        "issues_url:issues{/number}", "keys_url:keys{/key_id}", "labels_url:labels{/name}", "languages_url:languages", "merges_url:merges",
        "milestones_url:milestones{/number}", "notifications_url:notifications{?since,all,participating}", "pulls_url:pulls{/number}",
        "releases_url:releases{/id}", "stargazers_url:stargazers", "statuses_url:statuses/{sha}", "subscribers_url:subscribers",
        "subscription_url:subscription", "tags_url:tags", "teams_url:teams", "trees_url:git/trees{/sha}",
    ];

    private static readonly string[] Counts =
    [
        "forks", "forks_count", "open_issues", "open_issues_count", "size", "stargazers_count", "watchers", "watchers_count", "network_count", "subscribers_count",
    ];

    private static readonly string[] Flags =
    [
        "private", "fork", "has_issues", "has_projects", "has_downloads", "has_wiki", "has_pages", "has_discussions", "archived", "disabled",
    ];

    public static JsonObject User(string login, string api) => new()
    {
        ["login"] = login,
        ["id"] = NumberOf(login),
        ["node_id"] = NodeId("U", login),
        ["avatar_url"] = $"https://avatars.githubusercontent.com/u/{NumberOf(login)}?v=4",
        ["gravatar_id"] = "",
        ["url"] = $"{api}users/{login}",
        ["html_url"] = $"https://github.com/{login}",
        ["followers_url"] = $"{api}users/{login}/followers",
        ["following_url"] = $"{api}users/{login}/following{{/other_user}}",
        ["gists_url"] = $"{api}users/{login}/gists{{/gist_id}}",
        ["starred_url"] = $"{api}users/{login}/starred{{/owner}}{{/repo}}",
        ["subscriptions_url"] = $"{api}users/{login}/subscriptions",
        ["organizations_url"] = $"{api}users/{login}/orgs",
        ["repos_url"] = $"{api}users/{login}/repos",
        ["events_url"] = $"{api}users/{login}/events{{/privacy}}",
        ["received_events_url"] = $"{api}users/{login}/received_events",
        ["type"] = "User",
        ["site_admin"] = false,
    };

    public static JsonObject Repository(SimulatedRepository repository, string api)
    {
        var url = UrlOf(repository, api);
        var page = $"https://github.com/{repository.FullName}";
        var shape = new JsonObject
        {
            ["id"] = NumberOf(repository.FullName),
            ["node_id"] = NodeId("R", repository.FullName),
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["owner"] = User(repository.Owner, api),
            ["html_url"] = page,
            ["description"] = null,
            ["url"] = url,
            ["git_url"] = $"git://github.com/{repository.FullName}.git",
            ["ssh_url"] = $"git@github.com:{repository.FullName}.git",
            ["clone_url"] = repository.CloneUrl,
            ["svn_url"] = page,
            ["homepage"] = null,
            ["language"] = "Go",
            ["mirror_url"] = null,
            ["license"] = null,
            ["topics"] = new JsonArray(),
            ["visibility"] = "public",
            ["default_branch"] = repository.DefaultBranch,
            ["created_at"] = CommitShapes.Time(repository.CreatedAt),
            ["updated_at"] = CommitShapes.Time(repository.PushedAt),
            ["pushed_at"] = CommitShapes.Time(repository.PushedAt),
        };
        foreach (var (name, path) in Links.Select(l => (l[..l.IndexOf(':')], l[(l.IndexOf(':') + 1)..])))
        {
            shape[name] = $"{url}/{path}";
        }

        foreach (var name in Counts)
        {
            shape[name] = 0;
        }

        foreach (var name in Flags)
        {
            shape[name] = false;
        }

        return shape;
    }

    public static string UrlOf(SimulatedRepository repository, string api) => $"{api}repos/{repository.FullName}";

    public static string NodeId(string kind, string name) => $"{kind}_{SimulatedHash.Of(kind, name)[..16]}";

    public static int NumberOf(string name) => Convert.ToInt32(SimulatedHash.Of("id", name)[..7], 16);
}
