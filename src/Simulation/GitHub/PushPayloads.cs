using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <summary>The body of the push webhook.</summary>
internal static class PushPayloads
{
    private const int CommitLimit = 2048;
    private static readonly string NoHash = new('0', 40);

    public static JsonObject Create(PushEvent push, string api)
    {
        var repository = push.Repository;
        var page = $"https://github.com/{repository.FullName}";
        var head = push.HeadCommit ?? (push.After is null ? null : repository.Find(push.After));
        return new JsonObject
        {
            ["ref"] = push.Ref,
            ["before"] = push.Before ?? NoHash,
            ["after"] = push.After ?? NoHash,
            ["repository"] = Repository(repository, api),
            ["pusher"] = new JsonObject { ["name"] = SimulatedPerson.Ada.Login, ["email"] = SimulatedPerson.Ada.Email },
            ["sender"] = RepositoryShapes.User(SimulatedPerson.Ada.Login, api),
            ["created"] = push.Before is null,
            ["deleted"] = push.After is null,
            ["forced"] = push.Forced,
            ["base_ref"] = push.BaseRef,
            ["compare"] = $"{page}/compare/{(push.Before ?? NoHash)[..12]}...{(push.After ?? NoHash)[..12]}",
            ["commits"] = new JsonArray([.. push.Commits.Take(CommitLimit).Select(c => Commit(repository, c))]),
            ["head_commit"] = head is null ? null : Commit(repository, head),
        };
    }

    // Unlike REST, this event tells creation and push in Unix seconds.
    private static JsonObject Repository(SimulatedRepository repository, string api)
    {
        var shape = RepositoryShapes.Repository(repository, api);
        shape["created_at"] = repository.CreatedAt.ToUnixTimeSeconds();
        shape["pushed_at"] = repository.PushedAt.ToUnixTimeSeconds();
        return shape;
    }

    private static JsonObject Commit(SimulatedRepository repository, SimulatedCommit commit)
    {
        var changes = SimulatedDiff.Of(repository, commit).SelectMany(AsPaths).Take(3000).ToArray();
        return new JsonObject
        {
            ["id"] = commit.Sha,
            ["tree_id"] = commit.TreeSha,
            ["distinct"] = true,
            ["message"] = commit.Message,
            ["timestamp"] = CommitShapes.Time(commit.At),
            ["url"] = $"https://github.com/{repository.FullName}/commit/{commit.Sha}",
            ["author"] = Person(commit.Author),
            ["committer"] = Person(commit.Author),
            ["added"] = Paths("added"),
            ["removed"] = Paths("removed"),
            ["modified"] = Paths("modified"),
        };

        JsonArray Paths(string status) => new([.. changes.Where(c => c.Status == status).Select(c => (JsonNode)c.Path)]);
    }

    // Webhooks know no renames: they tell both halves.
    private static IEnumerable<(string Path, string Status)> AsPaths(SimulatedChange change) => change.PreviousPath is { } previous
        ? [(change.Path, "added"), (previous, "removed")]
        : [(change.Path, change.Status)];

    private static JsonObject Person(SimulatedPerson person) =>
        new() { ["name"] = person.Name, ["email"] = person.Email, ["username"] = person.Login };
}
