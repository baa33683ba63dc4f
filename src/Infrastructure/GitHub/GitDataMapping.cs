using System.Text.Json.Nodes;
using Octokit;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>Git's objects as GitHub's API has them, and as the port has them.</summary>
internal static class GitDataMapping
{
    public static JsonObject ToJson(TreeChange change)
    {
        var entry = new JsonObject { ["path"] = change.Path, ["mode"] = change.Mode, ["type"] = change.Mode is "160000" ? "commit" : "blob" };
        if (change.Text is { } text)
        {
            entry["content"] = text;
        }
        else
        {
            // GitHub wants the null written out: it removes the file.
            entry["sha"] = change.Sha;
        }

        return entry;
    }

    public static JsonObject ToJson(CommitAuthor author) => new() { ["name"] = author.Name, ["email"] = author.Email };

    public static CommitTree Describe(GitHubCommit commit) => new(commit.Sha, commit.Commit.Tree.Sha, commit.Commit.Message ?? "");

    public static EntryKind KindOf(string type) => type switch
    {
        "dir" => EntryKind.Directory,
        "symlink" => EntryKind.Symlink,
        "submodule" => EntryKind.Submodule,
        _ => EntryKind.File,
    };

    public static EntryKind KindOfMode(string mode) => mode switch
    {
        "120000" => EntryKind.Symlink,
        "160000" => EntryKind.Submodule,
        _ => EntryKind.File,
    };

    // Larger files come without their contents.
    public static ReadOnlyMemory<byte>? Decode(RepositoryContent file) =>
        file.Type.StringValue is not "file" || (file.Size > 0 && string.IsNullOrEmpty(file.EncodedContent))
            ? default(ReadOnlyMemory<byte>?)
            : Convert.FromBase64String(file.EncodedContent ?? "");
}

/// <summary>A branch with its commit's tree, which Octokit's own model leaves out.</summary>
internal sealed class BranchAnswer
{
    public string Name { get; private set; } = "";

    public GitHubCommit Commit { get; private set; } = new();
}
