using Waybill.Domain.WorkTrees;

namespace Waybill.Engine.Ports;

/// <summary>
/// A Git repository's objects and refs over GitHub's API, without a clone: each call costs the same however large the repository is.
/// Each call is bounded in time. Throws <see cref="GitHubException"/> for everything that is not an answer.
/// </summary>
public interface IGitRepositoryClient
{
    /// <summary>A branch's head; null branch means the default one, at the price of another call. Null when there is no such branch.</summary>
    Task<BranchTip?> FindBranchAsync(RepositoryName repository, string? branch, CancellationToken cancellationToken);

    /// <summary>The commit that a hash, <c>heads/NAME</c> or <c>tags/NAME</c> means; null when there is none.</summary>
    Task<CommitTree?> FindCommitAsync(RepositoryName repository, string reference, CancellationToken cancellationToken);

    /// <summary>What is at a path of a commit; null when nothing is.</summary>
    Task<RepositoryEntry?> ReadAsync(RepositoryName repository, string commit, string path, CancellationToken cancellationToken);

    /// <summary>A directory's own entries (files and directories) at a commit; empty when there is no such directory.</summary>
    Task<IReadOnlyList<TreeEntry>> ListDirectoryAsync(RepositoryName repository, string commit, string path, CancellationToken cancellationToken);

    /// <summary>Every file below a tree, by paths relative to it.</summary>
    /// <exception cref="GitHubException">The tree is larger than GitHub tells at once (<see cref="GitHubErrorKind.Refused"/>).</exception>
    Task<IReadOnlyList<TreeEntry>> ListTreeAsync(RepositoryName repository, string tree, CancellationToken cancellationToken);

    /// <summary>A file's bytes by their hash; up to 100 MB.</summary>
    Task<ReadOnlyMemory<byte>> ReadBlobAsync(RepositoryName repository, string sha, CancellationToken cancellationToken);

    /// <summary>Stores bytes and returns their hash.</summary>
    Task<string> CreateBlobAsync(RepositoryName repository, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Stores a tree: another one with changes, or (null base) the changes alone. Returns its hash.</summary>
    Task<string> CreateTreeAsync(RepositoryName repository, string? baseTree, IReadOnlyList<TreeChange> changes, CancellationToken cancellationToken);

    /// <summary>Stores a commit, held by no branch yet. Without author GitHub names the caller, and signs what an app makes. Returns its hash.</summary>
    Task<string> CreateCommitAsync(RepositoryName repository, NewCommit commit, CancellationToken cancellationToken);

    /// <summary>Stores an annotated tag, held by no ref yet. Returns its hash.</summary>
    Task<string> CreateTagAsync(RepositoryName repository, LocalTag tag, CommitAuthor? author, CancellationToken cancellationToken);

    /// <summary>Creates a ref.</summary>
    /// <param name="repository">Whose.</param>
    /// <param name="name">Below <c>refs/</c>, such as <c>heads/main</c>.</param>
    /// <param name="sha">What it shall hold.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Done or <see cref="RefChange.Exists"/>.</returns>
    Task<RefChange> CreateRefAsync(RepositoryName repository, string name, string sha, CancellationToken cancellationToken);

    /// <summary>Moves a ref; unless forced, only forward.</summary>
    /// <returns>Done, <see cref="RefChange.NotFastForward"/> or <see cref="RefChange.Missing"/>.</returns>
    Task<RefChange> MoveRefAsync(RepositoryName repository, string name, string sha, bool force, CancellationToken cancellationToken);

    /// <summary>What a branch has that a commit has not.</summary>
    Task<BranchProgress> CompareAsync(RepositoryName repository, string commit, string branch, CancellationToken cancellationToken);

    /// <summary>What a ref holds: a commit's or an annotated tag's hash; null when there is no such ref.</summary>
    Task<TagTarget?> FindTagAsync(RepositoryName repository, string name, CancellationToken cancellationToken);
}

/// <summary>A branch and its newest commit.</summary>
public sealed record BranchTip(string Name, CommitTree Head);

/// <summary>A commit and the tree of its files.</summary>
public sealed record CommitTree(string Sha, string Tree, string Message = "");

/// <summary>What is at a path.</summary>
/// <param name="Kind">File, directory, or something that Waybill does not look into.</param>
/// <param name="Sha">The contents' hash.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Content">A file's bytes; null for what is no file, and for files of more than 1 MiB.</param>
public sealed record RepositoryEntry(EntryKind Kind, string Sha, long Size, ReadOnlyMemory<byte>? Content);

/// <summary>What a path of a repository can hold.</summary>
public enum EntryKind
{
    File,
    Directory,
    Symlink,
    Submodule,
}

/// <summary>An entry of a directory, or a file somewhere below it.</summary>
/// <param name="Path">Relative to what was listed.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Sha">Its contents' hash.</param>
/// <param name="Mode">Git's, such as <c>100644</c>; null when the listing does not tell.</param>
public sealed record TreeEntry(string Path, EntryKind Kind, string Sha, string? Mode);

/// <summary>A change to a tree: a file's text, a file's stored contents, or (neither) its removal.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Mode">Git's, such as <c>100644</c>.</param>
/// <param name="Text">The text that the file shall have.</param>
/// <param name="Sha">The hash of contents that the repository has already.</param>
public sealed record TreeChange(string Path, string Mode = "100644", string? Text = null, string? Sha = null);

/// <summary>A commit to be stored.</summary>
public sealed record NewCommit(string Message, string Tree, IReadOnlyList<string> Parents, CommitAuthor? Author = null);

/// <summary>The ways changing a ref can come out; a refusal by protection rules is a <see cref="GitHubException"/>.</summary>
public enum RefChange
{
    Done,

    /// <summary>The ref holds commits that the new one does not contain.</summary>
    NotFastForward,

    /// <summary>There is no such ref.</summary>
    Missing,

    /// <summary>There is such a ref already.</summary>
    Exists,
}

/// <summary>What a branch has that a commit has not.</summary>
/// <param name="Status">How the branch relates to the commit.</param>
/// <param name="Commits">Oldest first, the branch's head last; null when GitHub cut the list short.</param>
/// <param name="ChangedPaths">The paths that differ; null when GitHub cut the list short, or history was rewritten.</param>
public sealed record BranchProgress(ComparisonStatus Status, IReadOnlyList<CommitTree>? Commits, IReadOnlyList<string>? ChangedPaths);

/// <summary>What a tag's ref holds.</summary>
/// <param name="Sha">The hash in the ref.</param>
/// <param name="Commit">The commit it means in the end.</param>
public sealed record TagTarget(string Sha, string Commit);
