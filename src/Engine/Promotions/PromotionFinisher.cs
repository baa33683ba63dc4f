using Waybill.Domain;
using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Records;
using Waybill.Engine.Reporting;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Promotions;

/// <summary>Ends a promotion: its record, its stage, the freight that came and went, and the audit change together.</summary>
public sealed class PromotionFinisher(AuditLog audit, PromotionReporter reporter, TimeProvider time)
{
    internal Task FinishAsync(PromotionSession session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return EndAsync(session, session.Promotion.Value.Finish(now), now, cancellationToken);
    }

    /// <summary>Ends it Errored because a driver can't get on with it.</summary>
    internal Task GiveUpAsync(PromotionSession session, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return EndAsync(session, session.Promotion.Value.GiveUp(reason, now), now, cancellationToken);
    }

    private async Task EndAsync(PromotionSession session, Promotion finished, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stage = await session.StageAsync(cancellationToken);
        var freight = await MoveFreightAsync(session, finished, stage.Value, now, cancellationToken);
        var after = AfterFinish(stage.Value, finished, now);

        var transaction = session.Begin()
            .Write(session.Promotion.Then(finished))
            .Write(stage.Then(after))
            .Audit(audit.Entry(ActionFor(finished.Phase), finished.Abort?.Actor ?? finished.Actor, finished, Sentence(finished), finished.Abort?.Reason));
        foreach (var moved in freight)
        {
            transaction.Write(moved);
        }

        await session.CommitAsync(transaction, finished, after, freight.Select(f => f.Value), cancellationToken);
        reporter.Report(session.Project, finished.Name);
        WaybillTelemetry.PromotionEnded(finished, freight.FirstOrDefault(f => f.Value.Id == finished.Freight.Id)?.Value);
    }

    private static async Task<IReadOnlyList<Stored<Freight>>> MoveFreightAsync(
        PromotionSession session, Promotion finished, StageState stage, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Stored<Freight>> moved = [];
        var outcome = new PromotionOutcome(finished.Name, finished.Phase);
        var succeeded = finished.Phase is PromotionPhase.Succeeded;
        if (await session.FreightAsync(finished.Freight.Id, cancellationToken) is { } freight)
        {
            var recorded = freight.Value.RecordPromotion(finished.Stage, outcome);
            moved.Add(freight.Then(succeeded ? recorded.Enter(finished.Stage, now) : recorded));
        }

        foreach (var previous in succeeded ? Replaced(stage, finished) : [])
        {
            if (await session.FreightAsync(previous.Id, cancellationToken) is { } left)
            {
                moved.Add(left.Then(left.Value.Leave(finished.Stage, now)));
            }
        }

        return moved;
    }

    /// <summary>What makes room: the origin's freight from before, and freight of origins that the stage no longer asks for.</summary>
    private static IEnumerable<FreightReference> Replaced(StageState stage, Promotion finished) =>
        stage.Current.Values.Where(before => !finished.Collection.Values.Any(after => after.Id == before.Id));

    private static StageState AfterFinish(StageState stage, Promotion finished, DateTimeOffset now)
    {
        var summary = new PromotionSummary(finished.Name, finished.Freight, finished.Phase, finished.Message, now);
        var after = stage with
        {
            LastPromotion = summary,
            CurrentPromotion = finished.IsSettled && stage.CurrentPromotion?.Name == finished.Name ? null : stage.CurrentPromotion,
            Queue = [.. stage.Queue.Where(p => p.Name != finished.Name)],
        };

        return finished.Phase switch
        {
            PromotionPhase.Succeeded => after with
            {
                Current = finished.Collection,
                History = [new Holding(finished.Collection, finished.Name, now), .. stage.History.Take(StageState.HistoryLimit - 1)],
                HealthChecks = finished.HealthChecks,
                Health = new StageHealth(HealthState.Unknown, ["Just promoted; not observed yet."], null),
                Verification = new VerificationSummary(finished.Name, finished.Freight.Id, VerificationPhase.Pending, "", now),
            },

            // A hold is a wish to keep what a person chose; a promotion that they aborted chose nothing.
            PromotionPhase.Aborted => after with { Holds = WithoutHoldOf(stage.Holds, finished.Name) },
            _ => after,
        };
    }

    private static IReadOnlyDictionary<string, Hold> WithoutHoldOf(IReadOnlyDictionary<string, Hold> holds, string promotion) =>
        holds.FirstOrDefault(h => h.Value.Promotion == promotion) is { Key: { } origin } ? holds.Without(origin) : holds;

    private static AuditAction ActionFor(PromotionPhase phase) => phase switch
    {
        PromotionPhase.Succeeded => AuditAction.PromotionSucceeded,
        PromotionPhase.Failed => AuditAction.PromotionFailed,
        PromotionPhase.Aborted => AuditAction.PromotionAborted,
        _ => AuditAction.PromotionErrored,
    };

    private static string Sentence(Promotion finished) => finished.Phase is PromotionPhase.Succeeded
        ? $"{finished.Freight.Alias} is in {finished.Stage}."
        : $"The promotion of {finished.Freight.Alias} to {finished.Stage} ended {finished.Phase}. {finished.Message}";
}
