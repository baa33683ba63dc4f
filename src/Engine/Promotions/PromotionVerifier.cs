using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Analysis;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>
/// Verifies a stage after a successful promotion: freight counts as verified once the stage runs it and is healthy, and the
/// stage's analysis, if it has one, was successful.
/// </summary>
public sealed class PromotionVerifier(
    StageExaminer examiner, AnalysisStarter starter, AnalysisRunner analysis, VerificationRecorder recorder, TimeProvider time)
{
    internal Task MeasureAsync(PromotionSession session, CancellationToken cancellationToken) => session.Promotion.Value.Verification switch
    {
        { Abort: { } abort } => AbortAsync(session, abort, cancellationToken),
        { CurrentRun: null } => LookAsync(session, cancellationToken),
        _ => GoOnAsync(session, cancellationToken),
    };

    /// <summary>Ends the verification because a driver can't get on with it.</summary>
    internal async Task GiveUpAsync(PromotionSession session, string reason, CancellationToken cancellationToken)
    {
        var given = session.Promotion.Value.EndVerification(VerificationPhase.Error, reason, time.GetUtcNow());
        await RecordAsync(session, await session.StageAsync(cancellationToken), given, cancellationToken);
    }

    private async Task AbortAsync(PromotionSession session, AbortRequest abort, CancellationToken cancellationToken)
    {
        var message = $"Aborted by {abort.Actor}{(abort.Reason.Length > 0 ? $": {abort.Reason}" : ".")}";
        var aborted = session.Promotion.Value.EndVerification(VerificationPhase.Aborted, message, time.GetUtcNow());
        await RecordAsync(session, await session.StageAsync(cancellationToken), aborted, cancellationToken);
    }

    /// <summary>Looks at the stage's health, and begins to measure once it is good.</summary>
    private async Task LookAsync(PromotionSession session, CancellationToken cancellationToken)
    {
        var promotion = session.Promotion.Value;
        var stage = await session.StageAsync(cancellationToken);
        var (measured, health) = await examiner.ExamineAsync(promotion, stage.Value.Queue.Count > 0, cancellationToken);
        var (phase, message) = (measured.Verification!.Phase, measured.Verification.Message);
        if (!phase.IsTerminal() && message == promotion.Verification!.Message && health.State == stage.Value.Health.State)
        {
            session.Remember(measured);
            return;
        }

        if (phase is VerificationPhase.Successful && promotion.Analysis is { } plan)
        {
            session.Remember(measured);
            measured = await starter.StartAsync(session, health, time.GetUtcNow(), cancellationToken);

            // What leaves something behind in a cluster is begun only by a run that is on record.
            measured = plan.Metrics.Any(m => m.Provider is JobMetric) ? measured : await analysis.MeasureAsync(measured, cancellationToken);
        }

        await RecordAsync(session, stage.Then(stage.Value with { Health = health }), measured, cancellationToken);
    }

    private async Task GoOnAsync(PromotionSession session, CancellationToken cancellationToken)
    {
        var before = session.Promotion.Value;
        var measured = await analysis.MeasureAsync(before, cancellationToken);
        if (measured.Verification!.CurrentRun is { } run && run.IsOnlyLater(before.Verification!.CurrentRun!))
        {
            session.Remember(measured);
            return;
        }

        var stage = await session.StageAsync(cancellationToken);
        if (measured.Verification.Phase is VerificationPhase.Successful)
        {
            // As in Kargo: measured well and broken meanwhile is not verified.
            var health = await examiner.LookAgainAsync(before, cancellationToken);
            stage = stage.Then(stage.Value with { Health = health });
            measured = health.State is HealthState.Unhealthy
                ? measured.RecordVerification(VerificationPhase.Failed, $"Measured well, but the stage is no longer healthy: {string.Join(" ", health.Issues)}", time.GetUtcNow())
                : measured;
        }

        await RecordAsync(session, stage, measured, cancellationToken);
    }

    private async Task RecordAsync(PromotionSession session, Stored<StageState> stage, Promotion measured, CancellationToken cancellationToken)
    {
        var before = session.Promotion.Value;
        await recorder.RecordAsync(session, stage, measured, cancellationToken);
        await analysis.ReleaseAsync(before, measured, cancellationToken);
    }
}
