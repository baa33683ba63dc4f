using System.Text.Json.Nodes;
using Octokit;
using Waybill.Engine.Ports;
using NewPullRequest = Waybill.Engine.Ports.NewPullRequest;
using PullRequest = Waybill.Engine.Ports.PullRequest;

namespace Waybill.Infrastructure.GitHub;

/// <summary>GitHub's pull requests over Octokit.</summary>
public sealed class OctokitPullRequestClient : IPullRequestClient, IDisposable
{
    private readonly OctokitCalls _calls;
    private readonly RepositoryPaths _paths;

    /// <param name="options">Checked by <see cref="GitHubOptionsValidator"/>.</param>
    /// <param name="time">For deadlines and the app's tokens.</param>
    /// <param name="handler">Makes the transport; null for the usual one.</param>
    public OctokitPullRequestClient(GitHubOptions options, TimeProvider time, Func<HttpMessageHandler>? handler = null)
        : this(new OctokitCalls(options, time, handler), options)
    {
    }

    internal OctokitPullRequestClient(OctokitCalls calls, GitHubOptions options) => (_calls, _paths) = (calls, new RepositoryPaths(options.BaseAddress));

    public async Task<PullRequest?> FindAsync(RepositoryName repository, int number, CancellationToken cancellationToken) =>
        await _calls.FindAsync<Octokit.PullRequest>(_paths.Of(repository, $"pulls/{number}"), $"Reading pull request {number} of {repository}", cancellationToken) is { } found
            ? Describe(found)
            : null;

    public async Task<IReadOnlyList<PullRequest>> ListAsync(RepositoryName repository, string head, string @base, CancellationToken cancellationToken)
    {
        var query = $"state=all&head={Uri.EscapeDataString($"{repository.Owner}:{head}")}&base={Uri.EscapeDataString(@base)}&sort=created&direction=desc&per_page=100";
        var found = await _calls.GetAsync<IReadOnlyList<Octokit.PullRequest>>(
            _paths.Of(repository, $"pulls?{query}"), $"Listing pull requests from {head} into {@base} of {repository}", cancellationToken);

        // GitHub passes over a filter that it does not understand.
        return [.. found.Where(p => p.Head.Ref == head && p.Base.Ref == @base).Select(Describe)];
    }

    public async Task<PullRequest> CreateAsync(RepositoryName repository, NewPullRequest request, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["head"] = request.Head,
            ["base"] = request.Base,
            ["title"] = request.Title,
            ["body"] = request.Body,
            ["maintainer_can_modify"] = false,
        };
        return Describe(await _calls.PostAsync<Octokit.PullRequest>(
            _paths.Of(repository, "pulls"), body, $"Opening a pull request from {request.Head} into {request.Base} of {repository}", cancellationToken));
    }

    public Task AddLabelsAsync(RepositoryName repository, int number, IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        _calls.PostAsync<IReadOnlyList<Label>>(
            _paths.Of(repository, $"issues/{number}/labels"),
            new JsonObject { ["labels"] = new JsonArray([.. labels.Select(l => (JsonNode)l)]) },
            $"Labelling pull request {number} of {repository}",
            cancellationToken);

    public async Task<string> MergeAsync(RepositoryName repository, int number, string? method, CancellationToken cancellationToken)
    {
        var body = string.IsNullOrEmpty(method) ? new JsonObject() : new JsonObject { ["merge_method"] = method };
        return (await _calls.PutAsync<PullRequestMerge>(
            _paths.Of(repository, $"pulls/{number}/merge"), body, $"Merging pull request {number} of {repository}", cancellationToken)).Sha;
    }

    public void Dispose() => _calls.Dispose();

    private static PullRequest Describe(Octokit.PullRequest request) => new()
    {
        Number = request.Number,
        Url = request.HtmlUrl,
        IsOpen = request.State.StringValue is "open",
        IsMerged = request.MergedAt is not null,
        MergeCommit = string.IsNullOrEmpty(request.MergeCommitSha) ? null : request.MergeCommitSha,
        HeadSha = request.Head.Sha,
        IsDraft = request.Draft,
        IsMergeable = request.Mergeable,
        MergeableState = request.MergeableState?.StringValue ?? "",
    };
}
