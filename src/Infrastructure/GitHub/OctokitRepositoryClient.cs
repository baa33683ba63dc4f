using System.Text.Json.Nodes;
using Octokit;
using Waybill.Domain.WorkTrees;
using Waybill.Engine.Ports;
using static Waybill.Infrastructure.GitHub.GitDataMapping;
using NewCommit = Waybill.Engine.Ports.NewCommit;

namespace Waybill.Infrastructure.GitHub;

/// <summary>GitHub's Git Data API over Octokit.</summary>
public sealed class OctokitRepositoryClient : IGitRepositoryClient, IDisposable
{
    private readonly OctokitCalls _calls;
    private readonly RepositoryPaths _paths;
    private readonly CommitAuthor? _author;

    /// <param name="options">Checked by <see cref="GitHubOptionsValidator"/>.</param>
    /// <param name="time">For deadlines and the app's tokens.</param>
    /// <param name="handler">Makes the transport; null for the usual one.</param>
    public OctokitRepositoryClient(GitHubOptions options, TimeProvider time, Func<HttpMessageHandler>? handler = null)
        : this(new OctokitCalls(options, time, handler), options)
    {
    }

    internal OctokitRepositoryClient(OctokitCalls calls, GitHubOptions options)
    {
        _calls = calls;
        _paths = new RepositoryPaths(options.BaseAddress);
        _author = options.CommitAuthor.ToAuthor();
    }

    public async Task<BranchTip?> FindBranchAsync(RepositoryName repository, string? branch, CancellationToken cancellationToken)
    {
        var what = $"Reading branch {branch ?? "(default)"} of {repository}";
        var name = branch ?? (await _calls.GetAsync<Repository>(_paths.Of(repository), what, cancellationToken)).DefaultBranch;
        try
        {
            var found = await _calls.GetAsync<BranchAnswer>(_paths.Of(repository, $"branches/{Uri.EscapeDataString(name)}"), what, cancellationToken);
            return new BranchTip(found.Name, Describe(found.Commit));
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.NotFound && e.Said.Contains("Branch not found", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
    }

    public async Task<CommitTree?> FindCommitAsync(RepositoryName repository, string reference, CancellationToken cancellationToken)
    {
        var path = _paths.Of(repository, $"commits/{Uri.EscapeDataString(reference)}?per_page=1");
        var commit = await _calls.FindAsync<GitHubCommit>(path, $"Reading commit {reference} of {repository}", cancellationToken);
        return commit is null ? null : Describe(commit);
    }

    public async Task<RepositoryEntry?> ReadAsync(RepositoryName repository, string commit, string path, CancellationToken cancellationToken)
    {
        var address = _paths.Of(repository, $"contents/{RepositoryPaths.Escape(path)}?ref={commit}");
        var found = await _calls.FindAsync<IReadOnlyList<RepositoryContent>>(address, $"Reading {path} of {repository}", cancellationToken);
        return found switch
        {
            null => null,
            [{ } file] when file.Path == path => new RepositoryEntry(KindOf(file.Type.StringValue), file.Sha, file.Size, Decode(file)),
            _ => new RepositoryEntry(EntryKind.Directory, "", 0, null),
        };
    }

    public async Task<IReadOnlyList<TreeEntry>> ListDirectoryAsync(RepositoryName repository, string commit, string path, CancellationToken cancellationToken)
    {
        var address = _paths.Of(repository, $"contents/{RepositoryPaths.Escape(path)}?ref={commit}");
        var found = await _calls.FindAsync<IReadOnlyList<RepositoryContent>>(address, $"Listing {path} of {repository}", cancellationToken);
        return [.. (found ?? []).Where(e => e.Path != path).Select(e => new TreeEntry(e.Name, KindOf(e.Type.StringValue), e.Sha, null))];
    }

    public async Task<IReadOnlyList<TreeEntry>> ListTreeAsync(RepositoryName repository, string tree, CancellationToken cancellationToken)
    {
        var what = $"Listing a directory of {repository}";
        var found = await _calls.GetAsync<TreeResponse>(_paths.Of(repository, $"git/trees/{tree}?recursive=1"), what, cancellationToken);
        return found.Truncated
            ? throw new GitHubException(GitHubErrorKind.Refused, $"{what}: it holds more files than GitHub tells at once. Name a smaller directory.")
            : [.. found.Tree.Where(i => i.Type != TreeType.Tree).Select(i => new TreeEntry(i.Path, KindOfMode(i.Mode), i.Sha, i.Mode))];
    }

    public async Task<ReadOnlyMemory<byte>> ReadBlobAsync(RepositoryName repository, string sha, CancellationToken cancellationToken)
    {
        var blob = await _calls.GetAsync<Blob>(_paths.Of(repository, $"git/blobs/{sha}"), $"Reading a file of {repository}", cancellationToken);
        return Convert.FromBase64String(blob.Content);
    }

    public async Task<string> CreateBlobAsync(RepositoryName repository, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        (await _calls.PostAsync<BlobReference>(
            _paths.Of(repository, "git/blobs"),
            new JsonObject { ["content"] = Convert.ToBase64String(content.Span), ["encoding"] = "base64" },
            $"Storing a file in {repository}",
            cancellationToken)).Sha;

    public async Task<string> CreateTreeAsync(
        RepositoryName repository, string? baseTree, IReadOnlyList<TreeChange> changes, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["tree"] = new JsonArray([.. changes.Select(ToJson)]) };
        if (baseTree is not null)
        {
            body["base_tree"] = baseTree;
        }

        return (await _calls.PostAsync<TreeResponse>(_paths.Of(repository, "git/trees"), body, $"Storing changed files in {repository}", cancellationToken)).Sha;
    }

    public async Task<string> CreateCommitAsync(RepositoryName repository, NewCommit commit, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["message"] = commit.Message,
            ["tree"] = commit.Tree,
            ["parents"] = new JsonArray([.. commit.Parents.Select(p => (JsonNode)p)]),
        };
        if ((commit.Author ?? _author) is { } author)
        {
            body["author"] = ToJson(author);
        }

        return (await _calls.PostAsync<Commit>(_paths.Of(repository, "git/commits"), body, $"Committing to {repository}", cancellationToken)).Sha;
    }

    public async Task<string> CreateTagAsync(RepositoryName repository, LocalTag tag, CommitAuthor? author, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["tag"] = tag.Name, ["message"] = tag.Message, ["object"] = tag.Commit, ["type"] = "commit" };
        if ((author ?? _author) is { } tagger)
        {
            body["tagger"] = ToJson(tagger);
        }

        return (await _calls.PostAsync<GitTag>(_paths.Of(repository, "git/tags"), body, $"Tagging {tag.Name} in {repository}", cancellationToken)).Sha;
    }

    public Task<RefChange> CreateRefAsync(RepositoryName repository, string name, string sha, CancellationToken cancellationToken) => ChangeRefAsync(
        () => _calls.PostAsync<Reference>(
            _paths.Of(repository, "git/refs"),
            new JsonObject { ["ref"] = $"refs/{name}", ["sha"] = sha },
            $"Creating {name} in {repository}",
            cancellationToken));

    public Task<RefChange> MoveRefAsync(RepositoryName repository, string name, string sha, bool force, CancellationToken cancellationToken) => ChangeRefAsync(
        () => _calls.PatchAsync<Reference>(
            _paths.Of(repository, $"git/refs/{RepositoryPaths.Escape(name)}"),
            new JsonObject { ["sha"] = sha, ["force"] = force },
            $"Pushing to {name} of {repository}",
            cancellationToken));

    public async Task<BranchProgress> CompareAsync(RepositoryName repository, string commit, string branch, CancellationToken cancellationToken)
    {
        var path = _paths.Of(repository, $"compare/{commit}...{Uri.EscapeDataString(branch)}");
        var found = await _calls.FindAsync<CompareResult>(path, $"Comparing {commit[..7]} with {branch} in {repository}", cancellationToken);
        if (found is null)
        {
            return new BranchProgress(ComparisonStatus.Diverged, null, null);
        }

        var status = Enum.TryParse<ComparisonStatus>(found.Status, ignoreCase: true, out var parsed) ? parsed : ComparisonStatus.Diverged;
        var files = found.Files ?? [];
        var isWhole = found.TotalCommits == found.Commits.Count;
        return new BranchProgress(
            status,
            isWhole ? [.. found.Commits.Select(Describe)] : null,
            status is ComparisonStatus.Ahead && files.Count < OctokitGitHubClient.ComparedFileLimit ? [.. CommitFiles.PathsOf(files)] : null);
    }

    public async Task<TagTarget?> FindTagAsync(RepositoryName repository, string name, CancellationToken cancellationToken)
    {
        var what = $"Reading tag {name} of {repository}";
        var reference = await _calls.FindAsync<Reference>(_paths.Of(repository, $"git/ref/tags/{RepositoryPaths.Escape(name)}"), what, cancellationToken);
        return reference?.Object switch
        {
            null => null,
            { Type.StringValue: "tag", Sha: var sha } => new TagTarget(
                sha, (await _calls.GetAsync<GitTag>(_paths.Of(repository, $"git/tags/{sha}"), what, cancellationToken)).Object.Sha),
            { Sha: var commit } => new TagTarget(commit, commit),
        };
    }

    public void Dispose() => _calls.Dispose();

    private static async Task<RefChange> ChangeRefAsync(Func<Task<Reference>> change)
    {
        try
        {
            await change();
            return RefChange.Done;
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.Refused && RefChangeOf(e.Said) is { } known)
        {
            return known;
        }
    }

    private static RefChange? RefChangeOf(string said) =>
        said.Contains("not a fast forward", StringComparison.OrdinalIgnoreCase) ? RefChange.NotFastForward
        : said.Contains("Reference does not exist", StringComparison.OrdinalIgnoreCase) ? RefChange.Missing
        : said.Contains("Reference already exists", StringComparison.OrdinalIgnoreCase) ? RefChange.Exists
        : null;
}
