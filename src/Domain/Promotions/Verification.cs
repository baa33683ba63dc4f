using Waybill.Domain.Analysis;

namespace Waybill.Domain.Promotions;

/// <summary>The verification that follows a successful promotion: first the stage's health, then its analysis if it has one.</summary>
public sealed record Verification
{
    /// <summary>How many runs are kept, as <see cref="Runs"/> says.</summary>
    public const int RunLimit = 5;

    public VerificationPhase Phase { get; init; } = VerificationPhase.Pending;

    public string Message { get; init; } = "";

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When waiting for health ends.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>When to look again.</summary>
    public required DateTimeOffset NextCheckAt { get; init; }

    /// <summary>When that was decided: a clock that shows less was set back. Null before the first look.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When somebody last said that what it waits for may be over; null when nobody did.</summary>
    public DateTimeOffset? HintedAt { get; init; }

    /// <summary>When Pulumi Cloud was first asked about the runs; null before.</summary>
    public DateTimeOffset? WitnessAskedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The runs of the promotion's analysis, newest first, those of earlier verifications included; at most <see cref="RunLimit"/>.</summary>
    public IReadOnlyList<AnalysisRun> Runs { get; init; } = [];

    /// <summary>Who asked for it; null when it followed the promotion by itself.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>A person's wish to stop it; null when nobody wished.</summary>
    public AbortRequest? Abort { get; init; }

    /// <summary>The run under way; null when there is none.</summary>
    public AnalysisRun? CurrentRun => Runs is [var run, ..] && !run.Phase.IsTerminal() ? run : null;
}
