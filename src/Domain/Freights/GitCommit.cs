namespace Waybill.Domain.Freights;

/// <summary>A commit that freight carries.</summary>
public sealed record GitCommit
{
    /// <summary>The subscription's repository URL as the manifest gives it.</summary>
    public required string RepoUrl { get; init; }

    /// <summary>The full hash, 40 or 64 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    public string? Branch { get; init; }

    public string? Tag { get; init; }

    /// <summary>The name of the subscription that found it, when that has one.</summary>
    public string? Subscription { get; init; }

    /// <summary>The commit message's first line, at most 255 characters; never trusted as markup.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Name and address, as Git writes them: <c>Ada Lovelace &lt;ada@example.com&gt;</c>.</summary>
    public string Author { get; init; } = "";

    public string Committer { get; init; } = "";

    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>The first seven digits, for people.</summary>
    public string ShortId => Id.Length <= 7 ? Id : Id[..7];
}
