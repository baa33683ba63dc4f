namespace Waybill.Engine.Webhooks;

/// <summary>A push as GitHub's webhook reports it, checked as far as Waybill relies on it. Texts in it are the pusher's: never trusted.</summary>
public sealed record GitHubPush
{
    /// <summary>GitHub lists at most this many commits of a push.</summary>
    public const int CommitLimit = 2048;

    /// <summary>GitHub lists at most this many changed files of a commit.</summary>
    public const int FileLimit = 3000;

    /// <summary>The full ref, such as <c>refs/heads/main</c>.</summary>
    public required string Ref { get; init; }

    public required PushedRefKind RefKind { get; init; }

    /// <summary>The branch's or tag's own name, such as <c>main</c>.</summary>
    public required string RefName { get; init; }

    /// <summary>The ref's hash before; all zeros for a new ref.</summary>
    public required string Before { get; init; }

    /// <summary>The ref's hash after; all zeros for a deleted ref. For an annotated tag the tag's own hash, not its commit's.</summary>
    public required string After { get; init; }

    public bool Created { get; init; }

    public bool Deleted { get; init; }

    /// <summary>Whether history was rewritten.</summary>
    public bool Forced { get; init; }

    /// <summary>The ref that a new branch started from, when GitHub knows.</summary>
    public string? BaseRef { get; init; }

    public required PushedRepository Repository { get; init; }

    /// <summary>The pushed commits, oldest first; may be cut, see <see cref="IsComplete"/>.</summary>
    public IReadOnlyList<PushedCommit> Commits { get; init; } = [];

    /// <summary>The commit that the ref points at now; null when the ref was deleted.</summary>
    public PushedCommit? HeadCommit { get; init; }

    /// <summary>Who pushed; null when GitHub does not say.</summary>
    public string? Sender { get; init; }

    /// <summary>
    /// Whether the listed commits and files are all that the push changed. False when GitHub may have cut a list, and for new or
    /// rewritten branches, whose commits are told against something else than the branch's former head.
    /// </summary>
    public bool IsComplete => !Forced && !Created && Commits.Count < CommitLimit && Commits.All(c => c.ChangedPaths.Count() < FileLimit);
}

/// <summary>What a push moved.</summary>
public enum PushedRefKind
{
    Branch,
    Tag,
}

/// <summary>The pushed repository.</summary>
/// <param name="FullName"><c>owner/name</c>.</param>
/// <param name="CloneUrl">Its clone URL; compare with <see cref="Domain.Freights.GitUrl.SameRepository"/>.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="DefaultBranch">Null when GitHub does not say.</param>
/// <param name="PushedAt">When GitHub saw the push.</param>
public sealed record PushedRepository(string FullName, string CloneUrl, string? HtmlUrl, string? DefaultBranch, DateTimeOffset? PushedAt);

/// <summary>One commit of a push.</summary>
public sealed record PushedCommit
{
    public required string Id { get; init; }

    public string Message { get; init; } = "";

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Name and address, as Git writes them.</summary>
    public string Author { get; init; } = "";

    public string Committer { get; init; } = "";

    /// <summary>Whether no other branch had the commit before.</summary>
    public bool Distinct { get; init; } = true;

    public IReadOnlyList<string> Added { get; init; } = [];

    public IReadOnlyList<string> Modified { get; init; } = [];

    public IReadOnlyList<string> Removed { get; init; } = [];

    public IEnumerable<string> ChangedPaths => Added.Concat(Modified).Concat(Removed);
}
