using System.Text.Json.Nodes;

namespace Waybill.Domain.WorkTrees;

/// <summary>
/// The files of a promotion as its steps see them, though none is on a disk: which commits were checked out where, and what was
/// changed since, as edits that can be made again. Small enough to be part of the promotion's record, so work survives a restart
/// between any two steps, and an edit can be replayed on a branch that moved.
/// </summary>
public sealed record WorkTree
{
    public static WorkTree Empty { get; } = new();

    /// <summary>What was checked out, oldest first; a later one with the same path took the earlier one's place.</summary>
    public IReadOnlyList<Checkout> Checkouts { get; init; } = [];

    /// <summary>Everything done to files so far, in order, by paths relative to the promotion's working directory.</summary>
    public IReadOnlyList<FileEdit> Edits { get; init; } = [];

    /// <summary>What is checked out at exactly this path now; null when nothing is.</summary>
    public Checkout? CheckoutAt(string path) => Checkouts.LastOrDefault(c => c.Path == path);

    /// <summary>The checkout that a path belonged to when a number of edits had been made: the innermost; null when there was none.</summary>
    public Checkout? CheckoutOf(string path, int edits) => Checkouts
        .Where(c => c.Since <= edits && c.Holds(path))
        .Aggregate((Checkout?)null, (best, next) => best is null || next.Path.Length >= best.Path.Length ? next : best);

    /// <summary>Puts a checkout into the place of the one at its path, or adds it.</summary>
    public WorkTree With(Checkout checkout)
    {
        var isKnown = Checkouts.Any(IsReplaced);
        return this with { Checkouts = isKnown ? [.. Checkouts.Select(c => IsReplaced(c) ? checkout : c)] : [.. Checkouts, checkout] };

        bool IsReplaced(Checkout other) => other.Path == checkout.Path && other.Since == checkout.Since;
    }
}

/// <summary>A commit of a repository, laid out at a path of the working directory.</summary>
public sealed record Checkout
{
    /// <summary>Relative to the promotion's working directory, normalised; empty for the directory itself.</summary>
    public required string Path { get; init; }

    /// <summary>The repository, as <c>https://host/owner/name</c>: without credentials, whatever the manifest had.</summary>
    public required string RepoUrl { get; init; }

    /// <summary>The branch that is checked out; null for a commit or a tag.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit that the files come from.</summary>
    public required string Commit { get; init; }

    /// <summary>The commit's tree.</summary>
    public required string Tree { get; init; }

    /// <summary>The number of the promotion's edits that had been made before: they are not laid over these files.</summary>
    public int Since { get; init; }

    /// <summary>Who commits here when the commit does not say; null leaves it to the settings.</summary>
    public CommitAuthor? Author { get; init; }

    /// <summary>What was committed and not pushed yet, oldest first.</summary>
    public IReadOnlyList<LocalCommit> Commits { get; init; } = [];

    /// <summary>Tags made and not pushed yet.</summary>
    public IReadOnlyList<LocalTag> Tags { get; init; } = [];

    /// <summary>The commit on top.</summary>
    public string Head => Commits.Count > 0 ? Commits[^1].Sha : Commit;

    /// <summary>The tree of the commit on top.</summary>
    public string HeadTree => Commits.Count > 0 ? Commits[^1].Tree : Tree;

    /// <summary>How many of the promotion's edits the commit on top contains, of those that touch this checkout.</summary>
    public int Committed => Commits.Count > 0 ? Commits[^1].Edits : Since;

    /// <summary>Whether a path of the working directory lies in it.</summary>
    public bool Holds(string path) => PathRules.IsWithin(path, Path);
}

/// <summary>A commit object that exists in the repository, though no branch holds it yet.</summary>
/// <param name="Sha">Its hash.</param>
/// <param name="Tree">Its tree's hash.</param>
/// <param name="Message">As given, with the promotion's trailer.</param>
/// <param name="Author">Null leaves it to the settings.</param>
/// <param name="Edits">How many of the promotion's edits had been made.</param>
public sealed record LocalCommit(string Sha, string Tree, string Message, CommitAuthor? Author, int Edits);

/// <summary>An annotated tag that waits to be pushed.</summary>
public sealed record LocalTag(string Name, string Message, string Commit);

/// <summary>Who a commit says wrote it.</summary>
public sealed record CommitAuthor(string Name, string Email);

/// <summary>A change to one file that can be made again on another version of the file.</summary>
/// <param name="Path">Relative to the promotion's working directory, with slashes, normalised.</param>
/// <param name="Kind">Which editor makes it, such as <c>yaml-update</c>.</param>
/// <param name="Arguments">What the editor is given, expressions evaluated.</param>
public sealed record FileEdit(string Path, string Kind, JsonObject Arguments);
