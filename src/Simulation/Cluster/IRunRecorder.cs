namespace Waybill.Simulation.Cluster;

/// <summary>Where the simulated operator's runs are recorded: Pulumi's backend.</summary>
public interface IRunRecorder
{
    /// <summary>
    /// Takes a run that has ended, and returns the page that it can be seen on. The operator asks again for a run whose status it
    /// could not save: the same run has the same page, and is recorded once.
    /// </summary>
    string Record(FinishedRun run);
}

/// <summary>A run of the simulated operator that has ended.</summary>
public sealed record FinishedRun
{
    /// <summary>The Update's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The Pulumi stack: <c>organization/project/stack</c>.</summary>
    public required string PulumiStack { get; init; }

    /// <summary><c>up</c> or <c>preview</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The commit that ran; null when the program did not come out of Git.</summary>
    public string? Commit { get; init; }

    /// <summary>Why the operator ran it, in its words.</summary>
    public string Message { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>What the script planned for it.</summary>
    public required RunPlan Plan { get; init; }
}
