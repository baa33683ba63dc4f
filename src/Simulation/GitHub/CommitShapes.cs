using System.Globalization;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <summary>Commits, refs, tags and comparisons in the shapes of GitHub's REST API.</summary>
internal sealed class CommitShapes(SimulatedRepository repository, string api)
{
    private readonly string _url = RepositoryShapes.UrlOf(repository, api);
    private readonly string _page = $"https://github.com/{repository.FullName}";

    public JsonObject Commit(SimulatedCommit commit) => new()
    {
        ["sha"] = commit.Sha,
        ["node_id"] = RepositoryShapes.NodeId("C", commit.Sha),
        ["commit"] = new JsonObject
        {
            ["author"] = Signature(commit.Author, commit.At),
            ["committer"] = Signature(commit.Author, commit.At),
            ["message"] = commit.Message,
            ["tree"] = new JsonObject { ["sha"] = commit.TreeSha, ["url"] = $"{_url}/git/trees/{commit.TreeSha}" },
            ["url"] = $"{_url}/git/commits/{commit.Sha}",
            ["comment_count"] = 0,
            ["verification"] = Unsigned(),
        },
        ["url"] = $"{_url}/commits/{commit.Sha}",
        ["html_url"] = $"{_page}/commit/{commit.Sha}",
        ["comments_url"] = $"{_url}/commits/{commit.Sha}/comments",
        ["author"] = RepositoryShapes.User(commit.Author.Login, api),
        ["committer"] = RepositoryShapes.User(commit.Author.Login, api),
        ["parents"] = new JsonArray([.. commit.Parents.Select(p => new JsonObject
        {
            ["sha"] = p,
            ["url"] = $"{_url}/commits/{p}",
            ["html_url"] = $"{_page}/commit/{p}",
        })]),
    };

    public JsonObject CommitWithFiles(SimulatedCommit commit, IReadOnlyList<SimulatedChange> page, int total)
    {
        var shape = Commit(commit);
        shape["stats"] = new JsonObject { ["total"] = total, ["additions"] = total, ["deletions"] = 0 };
        shape["files"] = Files(page, commit.Sha);
        return shape;
    }

    public JsonObject Comparison(SimulatedCommit from, SimulatedCommit to, SimulatedCommit mergeBase, int commitLimit, int fileLimit)
    {
        var known = repository.History(from.Sha).Select(c => c.Sha).ToHashSet();
        SimulatedCommit[] ahead = [.. repository.History(to.Sha).Where(c => !known.Contains(c.Sha)).Reverse()];
        var reachable = repository.History(to.Sha).Select(c => c.Sha).ToHashSet();
        var behind = known.Count(c => !reachable.Contains(c));
        var range = $"{from.Sha}...{to.Sha}";
        return new JsonObject
        {
            ["url"] = $"{_url}/compare/{range}",
            ["html_url"] = $"{_page}/compare/{range}",
            ["permalink_url"] = $"{_page}/compare/{range}",
            ["diff_url"] = $"{_page}/compare/{range}.diff",
            ["patch_url"] = $"{_page}/compare/{range}.patch",
            ["base_commit"] = Commit(from),
            ["merge_base_commit"] = Commit(mergeBase),
            ["status"] = (ahead.Length, behind) switch { (0, 0) => "identical", (_, 0) => "ahead", (0, _) => "behind", _ => "diverged" },
            ["ahead_by"] = ahead.Length,
            ["behind_by"] = behind,
            ["total_commits"] = ahead.Length,
            ["commits"] = new JsonArray([.. ahead.Take(commitLimit).Select(Commit)]),
            ["files"] = Files([.. SimulatedDiff.Between(mergeBase, to).Take(fileLimit)], to.Sha),
        };
    }

    public JsonObject Tag(SimulatedTag tag) => new()
    {
        ["name"] = tag.Name,
        ["zipball_url"] = $"{_url}/zipball/refs/tags/{tag.Name}",
        ["tarball_url"] = $"{_url}/tarball/refs/tags/{tag.Name}",
        ["commit"] = new JsonObject { ["sha"] = tag.CommitSha, ["url"] = $"{_url}/commits/{tag.CommitSha}" },
        ["node_id"] = RepositoryShapes.NodeId("REF", $"{repository.FullName}/tags/{tag.Name}"),
    };

    public JsonObject Reference(string name, string type, string sha) => new()
    {
        ["ref"] = $"refs/{name}",
        ["node_id"] = RepositoryShapes.NodeId("REF", $"{repository.FullName}/{name}"),
        ["url"] = $"{_url}/git/refs/{name}",
        ["object"] = new JsonObject { ["sha"] = sha, ["type"] = type, ["url"] = $"{_url}/git/{type}s/{sha}" },
    };

    public JsonObject AnnotatedTag(SimulatedTag tag) => new()
    {
        ["node_id"] = RepositoryShapes.NodeId("T", tag.Sha),
        ["sha"] = tag.Sha,
        ["url"] = $"{_url}/git/tags/{tag.Sha}",
        ["tagger"] = Signature(tag.Tagger, tag.At),
        ["object"] = new JsonObject { ["sha"] = tag.CommitSha, ["type"] = "commit", ["url"] = $"{_url}/git/commits/{tag.CommitSha}" },
        ["tag"] = tag.Name,
        ["message"] = tag.Message,
        ["verification"] = Unsigned(),
    };

    public JsonObject Branch(string name, SimulatedCommit head, bool isProtected) => new()
    {
        ["name"] = name,
        ["commit"] = Commit(head),
        ["_links"] = new JsonObject { ["self"] = $"{_url}/branches/{name}", ["html"] = $"{_page}/tree/{name}" },
        ["protected"] = isProtected,
        ["protection"] = new JsonObject { ["enabled"] = isProtected },
        ["protection_url"] = $"{_url}/branches/{name}/protection",
    };

    public JsonObject ShortBranch(string name, string sha) => new()
    {
        ["name"] = name,
        ["commit"] = new JsonObject { ["sha"] = sha, ["url"] = $"{_url}/commits/{sha}" },
        ["protected"] = false,
    };

    public static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private JsonArray Files(IReadOnlyList<SimulatedChange> changes, string sha) => new([.. changes.Select(c => File(c, sha))]);

    private JsonObject File(SimulatedChange change, string sha)
    {
        var shape = new JsonObject
        {
            ["sha"] = change.BlobSha,
            ["filename"] = change.Path,
            ["status"] = change.Status,
            ["additions"] = change.Status is "added" or "modified" ? 1 : 0,
            ["deletions"] = change.Status is "removed" ? 1 : 0,
            ["changes"] = change.Status is "renamed" ? 0 : 1,
            ["blob_url"] = $"{_page}/blob/{sha}/{Uri.EscapeDataString(change.Path)}",
            ["raw_url"] = $"{_page}/raw/{sha}/{Uri.EscapeDataString(change.Path)}",
            ["contents_url"] = $"{_url}/contents/{Uri.EscapeDataString(change.Path)}?ref={sha}",
        };
        if (change.PreviousPath is { } previous)
        {
            shape["previous_filename"] = previous;
        }

        return shape;
    }

    internal static JsonObject Signature(SimulatedPerson person, DateTimeOffset at) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["date"] = Time(at) };

    internal static JsonObject Unsigned() =>
        new() { ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null };
}
