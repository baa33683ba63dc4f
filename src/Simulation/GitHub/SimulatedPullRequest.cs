namespace Waybill.Simulation.GitHub;

/// <summary>A pull request of a simulated repository.</summary>
public sealed record SimulatedPullRequest
{
    public required int Number { get; init; }

    /// <summary>The branch that is to be merged.</summary>
    public required string Head { get; init; }

    /// <summary>The branch that it is to be merged into.</summary>
    public required string Base { get; init; }

    public required string Title { get; init; }

    public string? Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The head's hash, as it was last while the request was open.</summary>
    public required string HeadSha { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? MergedAt { get; init; }

    /// <summary>The commit that merged it.</summary>
    public string? MergeSha { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    public bool IsDraft { get; init; }

    public bool IsOpen => ClosedAt is null;
}
