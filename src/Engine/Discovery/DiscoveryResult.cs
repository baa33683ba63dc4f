using Waybill.Domain.Freights;

namespace Waybill.Engine.Discovery;

/// <summary>What asking GitHub for a subscription's commit came to, and what to remember for the next time.</summary>
/// <param name="Mark">Pass it to the next discovery of the same, unedited subscription.</param>
public abstract record DiscoveryResult(DiscoveryMark Mark)
{
    /// <summary>The commit that the subscription selects; it may well be one that was found before.</summary>
    public sealed record Found(GitCommit Commit, DiscoveryMark Mark) : DiscoveryResult(Mark);

    /// <summary>Nothing moved since the mark was taken.</summary>
    public sealed record Unchanged(DiscoveryMark Mark) : DiscoveryResult(Mark);

    /// <summary>No (new) commit counts, or the subscription can't be read; the reason is a sentence for people.</summary>
    public sealed record None(string Reason, DiscoveryMark Mark) : DiscoveryResult(Mark);
}

/// <summary>How far a subscription's repository was looked at.</summary>
/// <param name="ETag">GitHub's name for the last answer; makes the next question free when nothing moved.</param>
/// <param name="Head">The branch's head at the time; commits up to it are not judged again. Null under tag strategies.</param>
public sealed record DiscoveryMark(string? ETag, string? Head)
{
    /// <summary>Nothing was looked at yet.</summary>
    public static DiscoveryMark None { get; } = new(null, null);
}
