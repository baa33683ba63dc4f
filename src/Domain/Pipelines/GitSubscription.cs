namespace Waybill.Domain.Pipelines;

/// <summary>A Git repository that a warehouse watches, and which of its commits count.</summary>
public sealed record GitSubscription
{
    /// <summary>Tells two subscriptions to one repository apart; part of the freight's identity when set.</summary>
    public string? Name { get; init; }

    /// <summary>The repository's clone URL as the manifest gives it; compare with <see cref="Freights.GitUrl.Normalize"/>.</summary>
    public required string RepoUrl { get; init; }

    /// <summary>The branch of <see cref="CommitSelectionStrategy.NewestFromBranch"/>; the repository's default branch when null.</summary>
    public string? Branch { get; init; }

    public CommitSelectionStrategy Strategy { get; init; } = CommitSelectionStrategy.NewestFromBranch;

    /// <summary>A semantic version range that tags must satisfy under <see cref="CommitSelectionStrategy.SemVer"/>; any when null.</summary>
    public string? SemverConstraint { get; init; }

    /// <summary>Whether a tag must have all of major, minor and patch to count as a version.</summary>
    public bool StrictSemvers { get; init; } = true;

    /// <summary>Regular expressions of which a tag must match one, when there are any.</summary>
    public IReadOnlyList<string> AllowTagsRegexes { get; init; } = [];

    /// <summary>Regular expressions of which a tag may match none.</summary>
    public IReadOnlyList<string> IgnoreTagsRegexes { get; init; } = [];

    /// <summary>A commit counts only when it changed a path that one of these selects; all paths when empty.</summary>
    public IReadOnlyList<Pattern> IncludePaths { get; init; } = [];

    /// <summary>Changed paths that one of these selects do not count.</summary>
    public IReadOnlyList<Pattern> ExcludePaths { get; init; } = [];

    /// <summary>How many of the newest commits or tags are looked at: 1 to 100.</summary>
    public int DiscoveryLimit { get; init; } = 20;

    public bool FiltersPaths => IncludePaths.Count + ExcludePaths.Count > 0;

    public bool SelectsTags => Strategy is not CommitSelectionStrategy.NewestFromBranch;
}

/// <summary>How the one commit of a subscription is chosen.</summary>
public enum CommitSelectionStrategy
{
    /// <summary>The branch's newest commit that the path filters let through.</summary>
    NewestFromBranch,

    /// <summary>The tag that is the highest semantic version within the constraint.</summary>
    SemVer,

    /// <summary>The tag that sorts last, character by character.</summary>
    Lexical,

    /// <summary>The tag created last.</summary>
    NewestTag,
}
