namespace Waybill.Engine.Ports;

/// <summary>
/// GitHub, as far as discovery needs it. Each call is bounded in time. Throws <see cref="GitHubException"/> for everything that is
/// not an answer about the repository.
/// </summary>
public interface IGitHubClient
{
    /// <summary>The branch's head; null branch means the repository's default. A conditional request: an unchanged head costs no rate limit.</summary>
    Task<BranchHead> GetBranchHeadAsync(RepositoryName repository, string? branch, string? knownETag, CancellationToken cancellationToken);

    /// <summary>The newest commits of a branch (or up to a commit, given its hash), newest first, at most <paramref name="limit"/> (1 to 100).</summary>
    Task<IReadOnlyList<CommitInfo>> ListCommitsAsync(RepositoryName repository, string? branch, int limit, CancellationToken cancellationToken);

    /// <summary>All tags' names and the commits they point at (annotated tags resolved), in no promised order; a conditional request.</summary>
    Task<TagList> ListTagsAsync(RepositoryName repository, string? knownETag, CancellationToken cancellationToken);

    /// <summary>
    /// A tag with its moment of creation: the tagger's for an annotated tag, the commit's otherwise. Costs requests for every
    /// tag not asked about before. A tag that is gone comes back as it was given.
    /// </summary>
    Task<TagInfo> DescribeTagAsync(RepositoryName repository, TagInfo tag, CancellationToken cancellationToken);

    /// <summary>One commit, or null when the repository has none of that hash.</summary>
    Task<CommitInfo?> GetCommitAsync(RepositoryName repository, string sha, CancellationToken cancellationToken);

    /// <summary>The paths a commit changed; null when GitHub cut the list short.</summary>
    Task<IReadOnlyList<string>?> ListChangedPathsAsync(RepositoryName repository, string sha, CancellationToken cancellationToken);

    /// <summary>What lies between two commits.</summary>
    Task<Comparison> CompareAsync(RepositoryName repository, string @base, string head, CancellationToken cancellationToken);
}

/// <summary>A repository: <c>owner/name</c>, on a GitHub host.</summary>
/// <param name="Host">Such as <c>github.com</c>.</param>
/// <param name="Owner">The account.</param>
/// <param name="Name">The repository's own name.</param>
public sealed record RepositoryName(string Host, string Owner, string Name)
{
    /// <summary>Takes a clone URL apart; false when it is not one of <c>host/owner/name</c>.</summary>
    public static bool TryParse(string cloneUrl, out RepositoryName repository)
    {
        repository = new RepositoryName("", "", "");
        var text = Domain.Freights.GitUrl.Normalize(cloneUrl);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? text : text[(scheme + 3)..];
        var parts = rest[(rest.IndexOf('@', StringComparison.Ordinal) + 1)..].Split('/');
        if (parts is not [{ Length: > 0 } host, { Length: > 0 } owner, { Length: > 0 } name])
        {
            return false;
        }

        repository = new RepositoryName(host, owner, name);
        return true;
    }

    public override string ToString() => $"{Owner}/{Name}";
}

/// <summary>A branch's head. When unchanged since the known ETag, <paramref name="Commit"/> is null.</summary>
public sealed record BranchHead(CommitInfo? Commit, string? ETag)
{
    public bool IsUnchanged => Commit is null;
}

/// <summary>A commit as GitHub describes it.</summary>
public sealed record CommitInfo(string Sha, string Message, string Author, string Committer, DateTimeOffset? CommittedAt);

/// <summary>A repository's tags. When unchanged since the known ETag, <paramref name="Tags"/> is null.</summary>
public sealed record TagList(IReadOnlyList<TagInfo>? Tags, string? ETag)
{
    public bool IsUnchanged => Tags is null;
}

/// <summary>A tag and the commit it points at. <paramref name="CreatedAt"/> is known only after <see cref="IGitHubClient.DescribeTagAsync"/>.</summary>
public sealed record TagInfo(string Name, string CommitSha, DateTimeOffset? CreatedAt = null);

/// <summary>What lies between two commits.</summary>
/// <param name="Status">How the head relates to the base.</param>
/// <param name="Commits">The commits from base to head, oldest first; cut at 250 by GitHub.</param>
/// <param name="ChangedPaths">The paths that differ; null when GitHub cut the list short.</param>
public sealed record Comparison(ComparisonStatus Status, IReadOnlyList<CommitInfo> Commits, IReadOnlyList<string>? ChangedPaths);

/// <summary>How the head of a comparison relates to its base.</summary>
public enum ComparisonStatus
{
    Identical,
    Ahead,
    Behind,
    Diverged,
}

/// <summary>GitHub did not answer about the repository; the message names the repository and the remedy where there is one.</summary>
public sealed class GitHubException(GitHubErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public GitHubErrorKind Kind { get; } = kind;

    /// <summary>How long GitHub asked us to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>GitHub's own words; empty when it gave none.</summary>
    public string Said { get; init; } = "";
}

/// <summary>The ways GitHub can refuse.</summary>
public enum GitHubErrorKind
{
    /// <summary>401 or a plain 403: the credentials are missing, wrong or too weak.</summary>
    Unauthorized,

    /// <summary>404: no such repository, branch or commit, or the credentials may not see it.</summary>
    NotFound,

    /// <summary>403, 405, 409 or 422 to a change: GitHub understood it and said no, for a protection rule or a conflict.</summary>
    Refused,

    /// <summary>A primary or secondary rate limit.</summary>
    RateLimited,

    /// <summary>5xx, no connection, or no answer in time.</summary>
    Unavailable,
}
