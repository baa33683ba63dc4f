using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Waybill.Simulation.GitHub;

/// <summary>A commit of a simulated repository.</summary>
public sealed record SimulatedCommit
{
    public required string Sha { get; init; }

    public required string Message { get; init; }

    public required SimulatedPerson Author { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The first is the branch's own line; more than one makes it a merge.</summary>
    public required IReadOnlyList<string> Parents { get; init; }

    /// <summary>Every file of the repository at this commit: path and the hash of its contents.</summary>
    public required ImmutableSortedDictionary<string, string> Tree { get; init; }

    /// <summary>The hash of <see cref="Tree"/>.</summary>
    public string TreeSha => SimulatedObjects.ShaOf(Tree);
}

/// <summary>Who wrote a commit or tag, or pushed.</summary>
/// <param name="Name">As Git knows them.</param>
/// <param name="Email">As Git knows them.</param>
/// <param name="Login">As GitHub knows them.</param>
public sealed record SimulatedPerson(string Name, string Email, string Login)
{
    public static SimulatedPerson Ada { get; } = new("Ada Lovelace", "ada@example.com", "ada");
}

/// <summary>A tag. A lightweight one has the commit's hash as its own and no message.</summary>
public sealed record SimulatedTag(string Name, string Sha, string CommitSha, string? Message, SimulatedPerson Tagger, DateTimeOffset At)
{
    public bool IsAnnotated => Message is not null;
}

/// <summary>One path that differs between two trees.</summary>
/// <param name="Path">The path after; for a removed file the one before.</param>
/// <param name="Status">GitHub's word: added, modified, removed or renamed.</param>
/// <param name="BlobSha">The contents' hash.</param>
/// <param name="PreviousPath">The path before, of a renamed file.</param>
public sealed record SimulatedChange(string Path, string Status, string BlobSha, string? PreviousPath = null);

/// <summary>Hashes that look like Git's and are the same on every run.</summary>
internal static class SimulatedHash
{
    // SHA-1 because that is what Git's hashes look like; nothing relies on it.
#pragma warning disable CA5350
    public static string Of(IEnumerable<string> parts) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
#pragma warning restore CA5350

    public static string Of(params ReadOnlySpan<string> parts) => Of(parts.ToArray().AsEnumerable());
}
