namespace Waybill.Simulation.GitHub;

/// <summary>What one commit does.</summary>
/// <param name="Message">The commit message.</param>
/// <param name="Files">The paths that it adds or modifies.</param>
public sealed record CommitContent(string Message, params IReadOnlyList<string> Files)
{
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Files with their contents, by path; those of <see cref="Files"/> hold nothing that anybody reads.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The same for contents that are no text.</summary>
    public IReadOnlyDictionary<string, byte[]> Bytes { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Paths that move, contents unchanged.</summary>
    public IReadOnlyList<(string From, string To)> Renamed { get; init; } = [];

    /// <summary>The other parents of a merge.</summary>
    public IReadOnlyList<string> MergedFrom { get; init; } = [];

    public SimulatedPerson? Author { get; init; }
}

/// <summary>A push that happened, and what became of its webhooks.</summary>
/// <param name="After">The ref's new hash; null when it was deleted.</param>
/// <param name="Deliveries">One a registered hook.</param>
public sealed record Push(string? After, IReadOnlyList<HookDelivery> Deliveries)
{
    /// <summary>The new head.</summary>
    public string Head => After ?? throw new InvalidOperationException("The ref was deleted.");
}

/// <summary>A push about to be told to hooks.</summary>
internal sealed record PushEvent(SimulatedRepository Repository, string Ref, string? Before, string? After, bool Forced, IReadOnlyList<SimulatedCommit> Commits)
{
    public string? BaseRef { get; init; }

    public SimulatedCommit? HeadCommit { get; init; }
}
