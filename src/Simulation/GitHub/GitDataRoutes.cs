using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>The endpoints of GitHub's Git Data API, and the contents of files.</summary>
internal static class GitDataRoutes
{
    public static GitHubReply GetContents(SimulatedRepository repository, string path, IQueryCollection query, string api)
    {
        var reference = query.TryGetValue("ref", out var asked) ? asked.ToString() : repository.DefaultBranch;
        if (repository.Resolve(reference) is not { } commit)
        {
            return GitHubReply.Error(StatusCodes.Status404NotFound, $"No commit found for the ref {reference}");
        }

        var shapes = new GitDataShapes(repository, api);
        if (commit.Tree.TryGetValue(path, out var blob))
        {
            return GitHubReply.Ok(shapes.File(path, blob, reference));
        }

        var below = SimulatedObjects.Below(commit.Tree, path);
        return below.IsEmpty && path.Length > 0 ? GitHubReply.NotFound : GitHubReply.Ok(shapes.Directory(path, below, reference));
    }

    /// <summary>Null for what is no tree, blob or commit object.</summary>
    public static GitHubReply? Get(SimulatedRepository repository, string path, IQueryCollection query, string api)
    {
        var shapes = new GitDataShapes(repository, api);
        return path.Split('/', 2) switch
        {
            ["trees", var sha] => repository.Objects.FindTree(repository.Resolve(sha)?.TreeSha ?? sha) is { } files
                ? GitHubReply.Ok(shapes.Tree(sha, files, query.ContainsKey("recursive"), repository.TreeLimit))
                : GitHubReply.NotFound,
            ["blobs", var sha] => repository.Objects.HasBlob(sha) ? GitHubReply.Ok(shapes.Blob(sha)) : GitHubReply.NotFound,
            ["commits", var sha] => repository.Find(sha) is { } commit ? GitHubReply.Ok(shapes.Commit(commit)) : GitHubReply.NotFound,
            _ => null,
        };
    }

    /// <summary>Null for what is no part of the Git Data API.</summary>
    public static GitHubReply? Change(SimulatedRepository repository, string method, string path, JsonObject body, string api)
    {
        var shapes = new GitDataShapes(repository, api);
        return (method, path) switch
        {
            ("POST", "git/blobs") => CreateBlob(repository, shapes, body),
            ("POST", "git/trees") => CreateTree(repository, shapes, body),
            ("POST", "git/commits") => CreateCommit(repository, shapes, body),
            ("POST", "git/tags") => CreateTag(repository, body, api),
            ("POST", "git/refs") => CreateRef(repository, body, api),
            ("PATCH", var p) when After(p, "git/refs/heads/") is { } branch => ChangeBranch(repository, branch, body, api),
            ("DELETE", var p) when After(p, "git/refs/heads/") is { } branch => DeleteBranch(repository, branch),
            _ => null,
        };
    }

    private static GitHubReply CreateBlob(SimulatedRepository repository, GitDataShapes shapes, JsonObject body)
    {
        var content = (string)body["content"]!;
        var sha = (string?)body["encoding"] is "base64" ? repository.Objects.AddBlob(Convert.FromBase64String(content)) : repository.Objects.AddText(content);
        return Created(shapes.ShortBlob(sha));
    }

    private static GitHubReply CreateTree(SimulatedRepository repository, GitDataShapes shapes, JsonObject body)
    {
        var files = SimulatedObjects.NoFiles;
        if ((string?)body["base_tree"] is { } name)
        {
            if (repository.Objects.FindTree(repository.Find(name)?.TreeSha ?? name) is not { } found)
            {
                return Invalid("base_tree is not a valid tree");
            }

            files = found;
        }

        if (body["tree"] is not JsonArray { Count: > 0 } changes)
        {
            return Invalid("Invalid tree info");
        }

        foreach (var change in changes.OfType<JsonObject>())
        {
            if (Apply(repository, ref files, change) is { } problem)
            {
                return Invalid(problem);
            }
        }

        return Created(shapes.Tree(repository.Objects.AddTree(files), files, recursive: false, repository.TreeLimit));
    }

    private static string? Apply(SimulatedRepository repository, ref ImmutableSortedDictionary<string, string> files, JsonObject change)
    {
        var path = (string)change["path"]!;
        if (path.StartsWith('/') || path.Split('/').Any(p => p is "" or "." or ".." or ".git"))
        {
            return "tree.path contains a malformed path component";
        }

        if (change["content"] is { } content)
        {
            files = files.SetItem(path, repository.Objects.AddText((string)content!));
            if ((string?)change["mode"] is "100755")
            {
                repository.Objects.Executables[files[path]] = true;
            }

            return null;
        }

        if ((string?)change["sha"] is { } sha)
        {
            files = files.SetItem(path, sha);
            return null;
        }

        if (!files.ContainsKey(path))
        {
            return "GitRPC::BadObjectState";
        }

        files = files.Remove(path);
        return null;
    }

    private static GitHubReply CreateCommit(SimulatedRepository repository, GitDataShapes shapes, JsonObject body)
    {
        string[] parents = [.. (body["parents"] as JsonArray ?? []).Select(p => (string)p!)];
        if (parents.Any(p => repository.Find(p) is null))
        {
            return Invalid("Parent SHA does not exist or is not a commit object");
        }

        return repository.Objects.FindTree((string)body["tree"]!) is { } files
            ? Created(shapes.Commit(repository.AddCommit((string)body["message"]!, PersonOf(body["author"]), parents, files)))
            : Invalid("Tree SHA does not exist");
    }

    private static GitHubReply CreateTag(SimulatedRepository repository, JsonObject body, string api) =>
        repository.Find((string)body["object"]!) is { } commit
            ? Created(new CommitShapes(repository, api).AnnotatedTag(
                repository.AddTagObject((string)body["tag"]!, commit.Sha, (string)body["message"]!, PersonOf(body["tagger"]))))
            : Invalid("Could not verify object");

    private static GitHubReply CreateRef(SimulatedRepository repository, JsonObject body, string api)
    {
        var (name, sha) = ((string)body["ref"]!, (string)body["sha"]!);
        var isBranch = After(name, "refs/heads/") is not null;
        var refusal = After(name, "refs/heads/") is { } branch ? repository.ChangeBranch(branch, sha, mustExist: false, force: false)
            : After(name, "refs/tags/") is { } tag ? repository.AddTagRef(tag, sha)
            : "Reference name must start with 'refs/'.";
        return refusal is null
            ? Created(new CommitShapes(repository, api).Reference(name["refs/".Length..], isBranch || repository.Find(sha) is not null ? "commit" : "tag", sha))
            : Invalid(refusal);
    }

    private static GitHubReply ChangeBranch(SimulatedRepository repository, string branch, JsonObject body, string api)
    {
        var sha = (string)body["sha"]!;
        return repository.ChangeBranch(branch, sha, mustExist: true, (bool?)body["force"] ?? false) is { } refusal
            ? Invalid(refusal)
            : GitHubReply.Ok(new CommitShapes(repository, api).Reference($"heads/{branch}", "commit", sha));
    }

    private static GitHubReply DeleteBranch(SimulatedRepository repository, string branch) =>
        repository.ChangeBranch(branch, null, mustExist: true, force: true) is { } refusal
            ? Invalid(refusal)
            : new GitHubReply(StatusCodes.Status204NoContent, new JsonObject());

    private static SimulatedPerson? PersonOf(JsonNode? author) =>
        author is null ? null : new SimulatedPerson((string)author["name"]!, (string)author["email"]!, SimulatedPerson.Ada.Login);

    private static GitHubReply Created(JsonNode body) => new(StatusCodes.Status201Created, body);

    private static GitHubReply Invalid(string message) => GitHubReply.Error(StatusCodes.Status422UnprocessableEntity, message);

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
