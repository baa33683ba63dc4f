using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Analysis;
using Waybill.Engine.Auditing;
using Waybill.Engine.Health;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>
/// Verifies a stage after a successful promotion: freight counts as verified once the stage runs it and is healthy, and the
/// stage's analysis, if it has one, was successful.
/// </summary>
public sealed class PromotionVerifier(StageHealthObserver observer, AnalysisRunner analysis, AuditLog audit, TimeProvider time)
{
    internal Task MeasureAsync(PromotionSession session, CancellationToken cancellationToken) =>
        session.Promotion.Value.Verification!.CurrentRun is null ? LookAsync(session, cancellationToken) : GoOnAsync(session, cancellationToken);

    private async Task LookAsync(PromotionSession session, CancellationToken cancellationToken)
    {
        var promotion = session.Promotion.Value;
        var health = await observer.ObserveAsync(promotion.HealthChecks, isArriving: true, cancellationToken);
        var stage = await session.StageAsync(cancellationToken);
        var now = time.GetUtcNow();
        var (phase, message) = Judge(promotion.Verification!, health, stage.Value, now);
        var measured = promotion.RecordVerification(phase, message, now);
        if (!phase.IsTerminal() && message == promotion.Verification!.Message && health.State == stage.Value.Health.State)
        {
            session.Remember(measured);
            return;
        }

        if (phase is VerificationPhase.Successful && promotion.Analysis is not null)
        {
            measured = await analysis.StartAsync(session, health, now, cancellationToken);
            measured = await analysis.MeasureAsync(measured, now, cancellationToken);
        }

        await ConcludeAsync(session, stage.Then(stage.Value with { Health = health }), measured, time.GetUtcNow(), cancellationToken);
    }

    private async Task GoOnAsync(PromotionSession session, CancellationToken cancellationToken)
    {
        var measured = await analysis.MeasureAsync(session.Promotion.Value, time.GetUtcNow(), cancellationToken);
        await ConcludeAsync(session, await session.StageAsync(cancellationToken), measured, time.GetUtcNow(), cancellationToken);
    }

    /// <summary>Ends the verification because a driver can't get on with it.</summary>
    internal async Task GiveUpAsync(PromotionSession session, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var given = session.Promotion.Value.RecordVerification(VerificationPhase.Error, reason, now);
        await ConcludeAsync(session, await session.StageAsync(cancellationToken), given, now, cancellationToken);
    }

    private async Task ConcludeAsync(
        PromotionSession session, Stored<StageState> stage, Promotion measured, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var promotion = session.Promotion.Value;
        var (phase, message) = (measured.Verification!.Phase, measured.Verification.Message);
        var after = stage.Value with
        {
            Verification = new VerificationSummary(promotion.Name, promotion.Freight.Id, phase, message, now),
            CurrentPromotion = phase.IsTerminal() && stage.Value.CurrentPromotion?.Name == promotion.Name ? null : stage.Value.CurrentPromotion,
        };
        var transaction = session.Begin().Write(session.Promotion.Then(measured)).Write(stage.Then(after));
        if (phase.IsTerminal())
        {
            var succeeded = phase is VerificationPhase.Successful;
            transaction.Audit(audit.Entry(
                succeeded ? AuditAction.FreightVerified : AuditAction.VerificationFailed,
                "waybill",
                promotion,
                succeeded ? $"{promotion.Freight.Alias} is verified in {promotion.Stage}." : $"{promotion.Freight.Alias} is not verified in {promotion.Stage}: {message}"));
        }

        var freight = phase.IsTerminal() ? await session.FreightAsync(promotion.Freight.Id, cancellationToken) : null;
        freight = freight is null ? null : Judge(freight, phase, after.Health, promotion, transaction, now);
        await session.CommitAsync(transaction, measured, after, freight is null ? [] : [freight.Value], cancellationToken);
    }

    /// <summary>The freight as verification leaves it; null when it leaves it as it was.</summary>
    private Stored<Freight>? Judge(
        Stored<Freight> freight, VerificationPhase phase, StageHealth health, Promotion promotion, ProjectTransaction transaction, DateTimeOffset now)
    {
        if (phase is VerificationPhase.Successful)
        {
            var verified = freight.Then(freight.Value.VerifyIn(promotion.Stage, now));
            transaction.Write(verified).PointVerified(promotion.Stage, verified.Value);
            return verified;
        }

        // Only what was seen to be broken takes the word back: a cluster that could not be reached says nothing.
        if (phase is VerificationPhase.Error || health.State is not HealthState.Unhealthy || !freight.Value.IsVerifiedIn(promotion.Stage))
        {
            return null;
        }

        var revoked = freight.Then(freight.Value.RevokeVerificationIn(promotion.Stage));
        transaction.Write(revoked).Audit(audit.Entry(
            AuditAction.VerificationRevoked, "waybill", promotion, $"{freight.Value.Alias} counts as verified in {promotion.Stage} no more."));
        return revoked;
    }

    private static (VerificationPhase Phase, string Message) Judge(
        Verification verification, StageHealth health, StageState stage, DateTimeOffset now)
    {
        var issues = string.Join(" ", health.Issues);
        return health.State switch
        {
            HealthState.Healthy or HealthState.NotApplicable => (VerificationPhase.Successful, ""),
            _ when now >= verification.Deadline =>
                (VerificationPhase.Inconclusive, $"Not healthy by {verification.Deadline:u}: {health.State}. {issues}"),

            // What is broken keeps nobody waiting when a promotion that may mend it is queued.
            HealthState.Unhealthy when stage.Queue.Count > 0 => (VerificationPhase.Failed, issues),
            _ => (VerificationPhase.Pending, $"Waits for the stage to become healthy: {health.State}. {issues}"),
        };
    }
}
