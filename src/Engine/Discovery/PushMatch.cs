using Waybill.Domain.Freights;

namespace Waybill.Engine.Discovery;

/// <summary>What a push means to a subscription.</summary>
public abstract record PushMatch
{
    private PushMatch()
    {
    }

    /// <summary>The push brought the commit that the subscription selects.</summary>
    public sealed record Matches(GitCommit Commit) : PushMatch
    {
        /// <summary>The push's other commits that count, newest first.</summary>
        public IReadOnlyList<GitCommit> Others { get; init; } = [];
    }

    /// <summary>The push is none of the subscription's business; the reason is a clause for people.</summary>
    public sealed record DoesNotMatch(string Reason) : PushMatch;

    /// <summary>The payload alone can't tell; <see cref="PushResolver"/> asks GitHub.</summary>
    public sealed record NeedsComparison(string Reason) : PushMatch;
}
