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
