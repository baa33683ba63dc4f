using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Waybill.Simulation.GitHub;

/// <summary>Files, trees and commit objects in the shapes of GitHub's REST API.</summary>
internal sealed class GitDataShapes(SimulatedRepository repository, string api)
{
    private const int LargestContent = 1024 * 1024;

    private readonly string _url = RepositoryShapes.UrlOf(repository, api);
    private readonly string _page = $"https://github.com/{repository.FullName}";

    public JsonObject File(string path, string blob, string reference)
    {
        var content = repository.Objects.ReadBlob(blob);
        var shape = Entry(path, blob, "file", content.Length, reference);
        var isLarge = content.Length > LargestContent;
        shape["encoding"] = isLarge ? "none" : "base64";
        shape["content"] = isLarge ? "" : Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).Replace("\r\n", "\n", StringComparison.Ordinal);
        return shape;
    }

    /// <summary>A directory's own entries: files and directories.</summary>
    public JsonArray Directory(string directory, ImmutableSortedDictionary<string, string> below, string reference) => new([.. Children(below).Select(c =>
    {
        var path = directory.Length == 0 ? c.Name : $"{directory}/{c.Name}";
        return c.Blob is { } blob
            ? Entry(path, blob, "file", repository.Objects.ReadBlob(blob).Length, reference)
            : Entry(path, repository.Objects.AddTree(SimulatedObjects.Below(below, c.Name)), "dir", 0, reference);
    })]);

    public JsonObject Tree(string sha, ImmutableSortedDictionary<string, string> files, bool recursive, int limit)
    {
        JsonObject[] entries = recursive
            ? [.. files.Keys.SelectMany(Ancestors).Distinct().Select(d => DirectoryEntry(d, files)), .. files.Select(Blob)]
            : [.. Children(files).Select(c => c.Blob is { } blob ? Blob(KeyValuePair.Create(c.Name, blob)) : DirectoryEntry(c.Name, files))];
        return new JsonObject
        {
            ["sha"] = sha,
            ["url"] = $"{_url}/git/trees/{sha}",
            ["tree"] = new JsonArray([.. entries.Take(limit)]),
            ["truncated"] = entries.Length > limit,
        };
    }

    public JsonObject Blob(string sha) => new()
    {
        ["sha"] = sha,
        ["node_id"] = RepositoryShapes.NodeId("B", sha),
        ["size"] = repository.Objects.ReadBlob(sha).Length,
        ["url"] = $"{_url}/git/blobs/{sha}",
        ["content"] = Convert.ToBase64String(repository.Objects.ReadBlob(sha)),
        ["encoding"] = "base64",
    };

    public JsonObject ShortBlob(string sha) => new() { ["sha"] = sha, ["url"] = $"{_url}/git/blobs/{sha}" };

    public JsonObject Commit(SimulatedCommit commit) => new()
    {
        ["sha"] = commit.Sha,
        ["node_id"] = RepositoryShapes.NodeId("C", commit.Sha),
        ["url"] = $"{_url}/git/commits/{commit.Sha}",
        ["html_url"] = $"{_page}/commit/{commit.Sha}",
        ["author"] = CommitShapes.Signature(commit.Author, commit.At),
        ["committer"] = CommitShapes.Signature(commit.Author, commit.At),
        ["tree"] = new JsonObject { ["sha"] = commit.TreeSha, ["url"] = $"{_url}/git/trees/{commit.TreeSha}" },
        ["message"] = commit.Message,
        ["parents"] = new JsonArray([.. commit.Parents.Select(p => new JsonObject
        {
            ["sha"] = p,
            ["url"] = $"{_url}/git/commits/{p}",
            ["html_url"] = $"{_page}/commit/{p}",
        })]),
        ["verification"] = CommitShapes.Unsigned(),
    };

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }

    private static IEnumerable<(string Name, string? Blob)> Children(ImmutableSortedDictionary<string, string> files) =>
        files.Select(f => f.Key.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (f.Key[..slash], null) : (f.Key, (string?)f.Value)).Distinct();

    private JsonObject Blob(KeyValuePair<string, string> file)
    {
        var entry = TreeEntry(file.Key, repository.Objects.Executables.ContainsKey(file.Value) ? "100755" : "100644", "blob", file.Value);
        entry["size"] = repository.Objects.ReadBlob(file.Value).Length;
        return entry;
    }

    private JsonObject DirectoryEntry(string path, ImmutableSortedDictionary<string, string> files) =>
        TreeEntry(path, "040000", "tree", repository.Objects.AddTree(SimulatedObjects.Below(files, path)));

    private JsonObject TreeEntry(string path, string mode, string type, string sha) =>
        new() { ["path"] = path, ["mode"] = mode, ["type"] = type, ["sha"] = sha, ["url"] = $"{_url}/git/{type}s/{sha}" };

    private JsonObject Entry(string path, string sha, string type, int size, string reference)
    {
        var escaped = Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);
        var kind = type is "dir" ? "tree" : "blob";
        var (self, git, html) = ($"{_url}/contents/{escaped}?ref={reference}", $"{_url}/git/{kind}s/{sha}", $"{_page}/{kind}/{reference}/{escaped}");
        return new JsonObject
        {
            ["name"] = path[(path.LastIndexOf('/') + 1)..],
            ["path"] = path,
            ["sha"] = sha,
            ["size"] = size,
            ["url"] = self,
            ["html_url"] = html,
            ["git_url"] = git,
            ["download_url"] = type is "dir" ? null : $"https://raw.githubusercontent.com/{repository.FullName}/{reference}/{escaped}",
            ["type"] = type,
            ["_links"] = new JsonObject { ["self"] = self, ["git"] = git, ["html"] = html },
        };
    }
}
