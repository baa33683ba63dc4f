using System.Collections.Concurrent;
using System.Reflection;
using Octokit;
using Waybill.Engine.Ports;
using IGitHubClient = Waybill.Engine.Ports.IGitHubClient;

namespace Waybill.Infrastructure.GitHub;

/// <summary>GitHub's REST API over Octokit; github.com, GitHub Enterprise, or the simulated GitHub, as <see cref="GitHubOptions.BaseUrl"/> says.</summary>
public sealed class OctokitGitHubClient : IGitHubClient, IDisposable
{
    internal const int ComparedFileLimit = 300;
    private const int MaxRememberedTags = 10_000;

    private readonly OctokitCalls _calls;
    private readonly TagPages _tagPages;
    private readonly CommitFiles _commitFiles;
    private readonly RepositoryPaths _paths;
    private readonly ConcurrentDictionary<(RepositoryName, string, string), TagInfo> _described = new();

    /// <param name="options">Checked by <see cref="GitHubOptionsValidator"/>.</param>
    /// <param name="time">For deadlines and the app's tokens.</param>
    /// <param name="handler">Makes the transport; null for the usual one.</param>
    public OctokitGitHubClient(GitHubOptions options, TimeProvider time, Func<HttpMessageHandler>? handler = null)
        : this(new OctokitCalls(options, time, handler), options)
    {
    }

    internal OctokitGitHubClient(OctokitCalls calls, GitHubOptions options)
    {
        _calls = calls;
        _tagPages = new TagPages(_calls);
        _commitFiles = new CommitFiles(_calls);
        _paths = new RepositoryPaths(options.BaseAddress);
    }

    internal static ProductHeaderValue Product { get; } =
        new("Waybill", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0");

    public async Task<BranchHead> GetBranchHeadAsync(RepositoryName repository, string? branch, string? knownETag, CancellationToken cancellationToken)
    {
        // A list of one: unlike the commit itself, it does not carry the commit's files.
        var what = $"Reading the head of {branch ?? "the default branch"} of {repository}";
        var answer = await _calls.GetAsync<IReadOnlyList<GitHubCommit>>(CommitsPath(repository, branch, 1), what, knownETag, cancellationToken);
        return answer.Body switch
        {
            null => new BranchHead(null, answer.ETag),
            [var head, ..] => new BranchHead(Describe(head), answer.ETag),
            _ => throw new GitHubException(GitHubErrorKind.NotFound, $"{what}: the branch has no commits. Push one."),
        };
    }

    public async Task<IReadOnlyList<CommitInfo>> ListCommitsAsync(RepositoryName repository, string? branch, int limit, CancellationToken cancellationToken)
    {
        var what = $"Listing commits of {branch ?? "the default branch"} of {repository}";
        var commits = await _calls.GetAsync<IReadOnlyList<GitHubCommit>>(CommitsPath(repository, branch, Math.Clamp(limit, 1, 100)), what, cancellationToken);
        return [.. commits.Select(Describe)];
    }

    public Task<TagList> ListTagsAsync(RepositoryName repository, string? knownETag, CancellationToken cancellationToken) =>
        _tagPages.ListAsync(_paths.Of(repository), $"Listing tags of {repository}", knownETag, cancellationToken);

    public async Task<TagInfo> DescribeTagAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken)
    {
        // A name and its commit never change their date together, so what was read once is kept.
        var key = (repository, tag.Name, tag.CommitSha);
        if (_described.TryGetValue(key, out var known))
        {
            return known;
        }

        try
        {
            var described = tag with { CreatedAt = await ReadCreationAsync(repository, tag, cancellationToken) };
            if (_described.Count < MaxRememberedTags)
            {
                _described[key] = described;
            }

            return described;
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.NotFound)
        {
            return tag;
        }
    }

    public async Task<CommitInfo?> GetCommitAsync(RepositoryName repository, string sha, CancellationToken cancellationToken)
    {
        try
        {
            var path = $"{_paths.Of(repository)}/commits/{Uri.EscapeDataString(sha)}?per_page=1";
            return Describe(await _calls.GetAsync<GitHubCommit>(path, $"Reading commit {sha} of {repository}", cancellationToken));
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task<IReadOnlyList<string>?> ListChangedPathsAsync(RepositoryName repository, string sha, CancellationToken cancellationToken) =>
        _commitFiles.ListAsync($"{_paths.Of(repository)}/commits/{Uri.EscapeDataString(sha)}", $"Reading the files of commit {sha} of {repository}", cancellationToken);

    public async Task<Comparison> CompareAsync(RepositoryName repository, string @base, string head, CancellationToken cancellationToken)
    {
        var path = $"{_paths.Of(repository)}/compare/{Uri.EscapeDataString(@base)}...{Uri.EscapeDataString(head)}";
        var result = await _calls.GetAsync<CompareResult>(path, $"Comparing {@base} with {head} in {repository}", cancellationToken);
        var files = result.Files ?? [];
        return new Comparison(
            Enum.TryParse<ComparisonStatus>(result.Status, ignoreCase: true, out var status) ? status : ComparisonStatus.Diverged,
            [.. (result.Commits ?? []).Select(Describe)],
            files.Count >= ComparedFileLimit ? null : [.. CommitFiles.PathsOf(files)]);
    }

    public void Dispose() => _calls.Dispose();

    private async Task<DateTimeOffset?> ReadCreationAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken)
    {
        var what = $"Reading tag {tag.Name} of {repository}";
        var reference = await _calls.GetAsync<Reference>($"{_paths.Of(repository)}/git/ref/tags/{RepositoryPaths.Escape(tag.Name)}", what, cancellationToken);
        if (reference.Object is { Type.StringValue: "tag", Sha: var sha })
        {
            var annotated = await _calls.GetAsync<GitTag>($"{_paths.Of(repository)}/git/tags/{Uri.EscapeDataString(sha)}", what, cancellationToken);
            return annotated.Tagger?.Date;
        }

        return (await GetCommitAsync(repository, tag.CommitSha, cancellationToken))?.CommittedAt;
    }

    private string CommitsPath(RepositoryName repository, string? branch, int count) =>
        $"{_paths.Of(repository)}/commits?per_page={count}" + (branch is null ? "" : $"&sha={Uri.EscapeDataString(branch)}");

    private static CommitInfo Describe(GitHubCommit commit) => new(
        commit.Sha,
        commit.Commit?.Message ?? "",
        Describe(commit.Commit?.Author),
        Describe(commit.Commit?.Committer),
        commit.Commit?.Committer?.Date);

    private static string Describe(Committer? person) => person is null ? "" : $"{person.Name} <{person.Email}>";
}
