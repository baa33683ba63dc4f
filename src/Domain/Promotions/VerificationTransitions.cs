using Waybill.Domain.Analysis;

namespace Waybill.Domain.Promotions;

/// <summary>Every change a promotion's verification can undergo.</summary>
public static class VerificationTransitions
{
    /// <summary>The look at the stage's health came to something, or is to be repeated.</summary>
    public static Promotion RecordVerification(this Promotion promotion, VerificationPhase phase, string message, DateTimeOffset now)
    {
        var verification = promotion.Verification!;
        return promotion with
        {
            Verification = verification with
            {
                Phase = phase,
                Message = message,
                NextCheckAt = now + PollSchedule.After(now - (verification.HintedAt ?? verification.StartedAt)),
                DecidedAt = now,
                FinishedAt = phase.IsTerminal() ? now : null,
            },
        };
    }

    /// <summary>A person wants it verified again, as the stage's manifest now says; earlier runs are kept.</summary>
    public static Promotion Reverify(this Promotion promotion, AnalysisPlan? analysis, TimeSpan? timeout, string actor, DateTimeOffset now) => promotion with
    {
        Analysis = analysis,
        VerificationTimeout = timeout,
        Verification = new Verification
        {
            StartedAt = now,
            Deadline = now + (promotion with { VerificationTimeout = timeout }).HealthTimeout,
            NextCheckAt = now,
            RequestedBy = actor,
            Runs = promotion.Verification?.Runs ?? [],
        },
    };

    /// <summary>A person wants its verification stopped; the driver ends it.</summary>
    public static Promotion RequestVerificationAbort(this Promotion promotion, string actor, string reason, DateTimeOffset now) =>
        promotion with { Verification = promotion.Verification! with { Abort = promotion.Verification.Abort ?? new AbortRequest(actor, now, reason) } };

    /// <summary>Ends the verification, and the run under way with it.</summary>
    public static Promotion EndVerification(this Promotion promotion, VerificationPhase phase, string message, DateTimeOffset now)
    {
        var ended = promotion.RecordVerification(phase, message, now);
        return promotion.Verification!.CurrentRun is { } run
            ? ended with { Verification = ended.Verification! with { Runs = [run.End(phase, message, now), .. promotion.Verification.Runs.Skip(1)] } }
            : ended;
    }

    /// <summary>The stage is healthy: its analysis begins.</summary>
    public static Promotion StartRun(this Promotion promotion, AnalysisRun run, IReadOnlyList<MetricSpec> metrics, DateTimeOffset now)
    {
        var verification = promotion.Verification!;
        return (promotion with
        {
            Verification = verification with { Runs = [run, .. verification.Runs.Take(Verification.RunLimit - 1).Select(r => r.Shortened())] },
        }).RecordRun(run, metrics, now);
    }

    /// <summary>The run under way came to something, or goes on.</summary>
    public static Promotion RecordRun(this Promotion promotion, AnalysisRun run, IReadOnlyList<MetricSpec> metrics, DateTimeOffset now)
    {
        var verification = promotion.Verification!;
        return promotion with
        {
            Verification = verification with
            {
                Phase = run.Phase,
                Message = run.Message,
                NextCheckAt = AnalysisDecider.NextAt(metrics, run),
                DecidedAt = now,
                FinishedAt = run.Phase.IsTerminal() ? now : null,
                Runs = [run, .. verification.Runs.Skip(1)],
            },
        };
    }
}
