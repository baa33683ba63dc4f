using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.GitOps;
using Waybill.Engine.Health;
using Waybill.Engine.PulumiCloud;

namespace Waybill.Engine.Promotions;

/// <summary>
/// The first half of a verification: whether the stage runs what was promoted and is healthy, and, for what came through Git, whether
/// Pulumi Cloud agrees.
/// </summary>
public sealed class StageExaminer(StageHealthObserver observer, GitOpsWitness witness, TimeProvider time)
{
    /// <summary>Looks once. The verification is Successful when there is nothing in the way of measuring.</summary>
    internal async Task<(Promotion Measured, StageHealth Health)> ExamineAsync(Promotion promotion, bool isAwaited, CancellationToken cancellationToken)
    {
        // Who has it verified again asks about what is there, not about what may still come.
        var health = await observer.ObserveAsync(promotion.HealthChecks, isArriving: promotion.Verification!.RequestedBy is null, cancellationToken);
        var now = time.GetUtcNow();
        var (phase, message) = HealthGate.Judge(promotion, health, isAwaited, now);
        return phase switch
        {
            VerificationPhase.Successful => (await AskWitnessAsync(promotion, now, cancellationToken), health),
            VerificationPhase.Failed when health.HasFailedRun => (await KeepRunsAsync(promotion.RecordVerification(phase, message, now), now, cancellationToken), health),
            _ => (promotion.RecordVerification(phase, message, now), health),
        };
    }

    /// <summary>Whether the stage still is as the promotion left it.</summary>
    internal Task<StageHealth> LookAgainAsync(Promotion promotion, CancellationToken cancellationToken) =>
        observer.ObserveAsync(promotion.HealthChecks, isArriving: false, cancellationToken);

    /// <summary>A run that failed has failed, whatever Pulumi Cloud says: its record is kept for people.</summary>
    private async Task<Promotion> KeepRunsAsync(Promotion failed, DateTimeOffset now, CancellationToken cancellationToken) =>
        failed.RecordRuns((await witness.AskAsync(failed, now, now, cancellationToken)).Runs);

    private async Task<Promotion> AskWitnessAsync(Promotion promotion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var askedFirst = promotion.Verification!.WitnessAskedAt ?? now;
        var testimony = await witness.AskAsync(promotion, askedFirst, now, cancellationToken);
        var (phase, message) = testimony.State switch
        {
            WitnessState.Disagrees => (VerificationPhase.Failed, testimony.Message),
            WitnessState.NotYet => (VerificationPhase.Pending, testimony.Message),
            _ => (VerificationPhase.Successful, ""),
        };
        var measured = (promotion with { Verification = promotion.Verification with { WitnessAskedAt = askedFirst } })
            .RecordRuns(testimony.Runs)
            .RecordVerification(phase, message, now);
        return testimony.RetryAfter is { } pause
            ? measured with { Verification = measured.Verification! with { NextCheckAt = now + pause } }
            : measured;
    }
}
