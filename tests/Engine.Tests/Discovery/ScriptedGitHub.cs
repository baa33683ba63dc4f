using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Discovery;

/// <summary>One repository with one branch, in memory. Calls are counted; what was not scripted does not exist.</summary>
internal sealed class ScriptedGitHub : IGitHubClient
{
    private readonly List<(CommitInfo Commit, string[]? Paths)> _commits = [];

    public List<string> Calls { get; } = [];

    public List<TagInfo> Tags { get; } = [];

    public Dictionary<string, DateTimeOffset> TagDates { get; } = [];

    /// <summary>Thrown by every call that starts with one of these names.</summary>
    public Dictionary<string, GitHubException> Failures { get; } = [];

    public Func<string, string, Comparison> OnCompare { get; set; } = (_, _) => throw new GitHubException(GitHubErrorKind.NotFound, "nothing to compare");

    public string Head => _commits[^1].Commit.Sha;

    /// <summary>Adds a commit; null paths mean that GitHub cut the list.</summary>
    public ScriptedGitHub Commit(string sha, params string[]? paths)
    {
        _commits.Add((new CommitInfo(sha, $"Subject of {sha}\n\nbody", "Ada <ada@example.com>", "", null), paths));
        return this;
    }

    public Task<BranchHead> GetBranchHeadAsync(RepositoryName repository, string? branch, string? knownETag, CancellationToken cancellationToken) =>
        Answer("head", $"{branch}", () => knownETag == $"etag-{Head}" ? new BranchHead(null, knownETag) : new BranchHead(_commits[^1].Commit, $"etag-{Head}"));

    public Task<IReadOnlyList<CommitInfo>> ListCommitsAsync(RepositoryName repository, string? branch, int limit, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<CommitInfo>>("list", $"{branch}", () => [.. _commits.Select(c => c.Commit).Reverse().SkipWhile(c => branch is { Length: 40 } && c.Sha != branch).Take(limit)]);

    public Task<TagList> ListTagsAsync(RepositoryName repository, string? knownETag, CancellationToken cancellationToken) =>
        Answer("tags", "", () => knownETag == $"etag-{Tags.Count}" ? new TagList(null, knownETag) : new TagList(Tags, $"etag-{Tags.Count}"));

    public Task<TagInfo> DescribeTagAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken) =>
        Answer("describe", tag.Name, () => tag with { CreatedAt = TagDates.TryGetValue(tag.Name, out var date) ? date : null });

    public Task<CommitInfo?> GetCommitAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) =>
        Answer("get", sha, () => _commits.Select(c => c.Commit).FirstOrDefault(c => c.Sha == sha));

    public Task<IReadOnlyList<string>?> ListChangedPathsAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<string>?>("paths", sha, () => _commits.First(c => c.Commit.Sha == sha).Paths);

    public Task<Comparison> CompareAsync(RepositoryName repository, string @base, string head, CancellationToken cancellationToken) =>
        Answer("compare", $"{@base[^1]}...{head[^1]}", () => OnCompare(@base, head));

    private Task<T> Answer<T>(string name, string argument, Func<T> answer)
    {
        lock (Calls)
        {
            Calls.Add($"{name} {argument}".TrimEnd());
        }

        return Failures.TryGetValue(name, out var failure) ? Task.FromException<T>(failure) : Task.FromResult(answer());
    }
}
