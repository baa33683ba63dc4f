using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;

namespace Waybill.Engine.Promotions;

/// <summary>Writes down what a verification came to: the promotion, its stage, its freight and the audit change together.</summary>
public sealed class VerificationRecorder(AuditLog audit, PromotionReporter reporter, TimeProvider time)
{
    internal async Task RecordAsync(PromotionSession session, Stored<StageState> stage, Promotion measured, CancellationToken cancellationToken)
    {
        var (promotion, now) = (session.Promotion.Value, time.GetUtcNow());
        var (phase, message) = (measured.Verification!.Phase, measured.Verification.Message);
        var after = stage.Value with
        {
            Verification = new VerificationSummary(promotion.Name, promotion.Freight.Id, phase, message, now),
            CurrentPromotion = phase.IsTerminal() && stage.Value.CurrentPromotion?.Name == promotion.Name ? null : stage.Value.CurrentPromotion,
        };
        var transaction = session.Begin().Write(session.Promotion.Then(measured)).Write(stage.Then(after));
        if (phase.IsTerminal())
        {
            transaction.Audit(Entry(measured));
        }

        var freight = phase.IsTerminal() ? await session.FreightAsync(promotion.Freight.Id, cancellationToken) : null;
        freight = freight is null ? null : Judge(freight, measured, after.Health, transaction, now);
        await session.CommitAsync(transaction, measured, after, freight is null ? [] : [freight.Value], cancellationToken);
        reporter.Report(session.Project, promotion.Name);
    }

    private AuditEntry Entry(Promotion measured)
    {
        var (freight, verification) = (measured.Freight.Alias, measured.Verification!);
        return verification switch
        {
            { Phase: VerificationPhase.Successful } =>
                audit.Entry(AuditAction.FreightVerified, verification.RequestedBy ?? "waybill", measured, $"{freight} is verified in {measured.Stage}."),
            { Phase: VerificationPhase.Aborted, Abort: { } abort } =>
                audit.Entry(AuditAction.VerificationAborted, abort.Actor, measured, $"The verification of {freight} in {measured.Stage} was aborted.", abort.Reason),
            _ => audit.Entry(
                AuditAction.VerificationFailed, verification.RequestedBy ?? "waybill", measured, $"{freight} is not verified in {measured.Stage}: {verification.Message}"),
        };
    }

    /// <summary>The freight as verification leaves it; null when it leaves it as it was.</summary>
    private Stored<Freight>? Judge(
        Stored<Freight> freight, Promotion measured, StageHealth health, ProjectTransaction transaction, DateTimeOffset now)
    {
        var phase = measured.Verification!.Phase;
        if (phase is VerificationPhase.Successful)
        {
            var verified = freight.Then(freight.Value.VerifyIn(measured.Stage, now));
            transaction.Write(verified).PointVerified(measured.Stage, verified.Value);
            return verified;
        }

        // Only what was seen to be broken, or measured to be bad, takes the word back: what could not be reached says nothing.
        var isRefuted = phase is VerificationPhase.Failed
            || (phase is not (VerificationPhase.Error or VerificationPhase.Aborted) && health.State is HealthState.Unhealthy);
        if (!isRefuted || !freight.Value.IsVerifiedIn(measured.Stage))
        {
            return null;
        }

        var revoked = freight.Then(freight.Value.RevokeVerificationIn(measured.Stage));
        transaction.Write(revoked).Audit(audit.Entry(
            AuditAction.VerificationRevoked, "waybill", measured, $"{freight.Value.Alias} counts as verified in {measured.Stage} no more."));
        return revoked;
    }
}
