namespace Waybill.Engine.Ports;

/// <summary>GitHub's pull requests. Each call is bounded in time. Throws <see cref="GitHubException"/> for everything that is not an answer.</summary>
public interface IPullRequestClient
{
    /// <summary>A pull request by its number; null when there is none.</summary>
    Task<PullRequest?> FindAsync(RepositoryName repository, int number, CancellationToken cancellationToken);

    /// <summary>The pull requests from one branch into another, open or not, newest first; at most 100.</summary>
    Task<IReadOnlyList<PullRequest>> ListAsync(RepositoryName repository, string head, string @base, CancellationToken cancellationToken);

    /// <summary>Opens a pull request.</summary>
    /// <exception cref="GitHubException">Among others <see cref="GitHubErrorKind.Refused"/>: no commits between the branches, one exists already, a rule says no.</exception>
    Task<PullRequest> CreateAsync(RepositoryName repository, NewPullRequest request, CancellationToken cancellationToken);

    Task AddLabelsAsync(RepositoryName repository, int number, IReadOnlyList<string> labels, CancellationToken cancellationToken);

    /// <summary>Merges a pull request. Returns the hash of the commit that did.</summary>
    /// <param name="repository">Whose.</param>
    /// <param name="number">The pull request's.</param>
    /// <param name="method"><c>merge</c>, <c>squash</c> or <c>rebase</c>; null for GitHub's default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="GitHubException">Among others <see cref="GitHubErrorKind.Refused"/>, with what GitHub said.</exception>
    Task<string> MergeAsync(RepositoryName repository, int number, string? method, CancellationToken cancellationToken);
}

/// <summary>A pull request to be opened.</summary>
public sealed record NewPullRequest(string Head, string Base, string Title, string Body);

/// <summary>A pull request as it is now.</summary>
public sealed record PullRequest
{
    public required int Number { get; init; }

    /// <summary>Its page.</summary>
    public required string Url { get; init; }

    public required bool IsOpen { get; init; }

    public required bool IsMerged { get; init; }

    /// <summary>The commit that merged it, or (open) that would; null when GitHub has none.</summary>
    public string? MergeCommit { get; init; }

    /// <summary>The hash of the branch that is to be merged.</summary>
    public required string HeadSha { get; init; }

    public bool IsDraft { get; init; }

    /// <summary>Whether it could be merged; null while GitHub works it out.</summary>
    public bool? IsMergeable { get; init; }

    /// <summary>GitHub's <c>mergeable_state</c>, such as <c>clean</c>, <c>dirty</c> or <c>blocked</c>; empty in lists.</summary>
    public string MergeableState { get; init; } = "";
}
