using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Engine.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>Stops a promotion because a person asked for it: what waits is interrupted at once, what is queued never starts.</summary>
public sealed class PromotionAborter(ProjectStore store, PromotionFinisher finisher, AuditLog audit, IDriver driver, TimeProvider time)
{
    public async Task<PromotionRequestResult> AbortAsync(PromotionKey key, string actor, string reason, CancellationToken cancellationToken)
    {
        var result = await Optimistic.RunAsync(token => TryAbortAsync(key, actor, reason, token), cancellationToken);
        if (result.IsAccepted)
        {
            await driver.WakePromotionAsync(key, WakeReason.AbortRequested, cancellationToken);
        }

        return result;
    }

    private async Task<PromotionRequestResult> TryAbortAsync(PromotionKey key, string actor, string reason, CancellationToken cancellationToken)
    {
        if (await store.GetPromotionAsync(key.Project, key.Name, cancellationToken) is not { } promotion)
        {
            return PromotionRequestResult.Refused(RefusalKind.NotFound, $"Project {key.Project} has no promotion {key.Name}.");
        }

        if (promotion.Value.IsTerminal)
        {
            return PromotionRequestResult.Refused(RefusalKind.AlreadyOver, $"The promotion ended {promotion.Value.Phase} already.");
        }

        var asked = promotion.Value.RequestAbort(actor, reason, time.GetUtcNow());
        if (asked.Phase is PromotionPhase.Pending)
        {
            // Nobody drives what is queued: it ends here.
            var session = new PromotionSession(store, promotion.Then(asked));
            await finisher.FinishAsync(session, cancellationToken);
            return PromotionRequestResult.Created(session.Promotion.Value);
        }

        if (promotion.Value.Abort is null)
        {
            await store.Begin(key.Project)
                .Write(promotion.Then(asked))
                .Audit(audit.Entry(AuditAction.AbortRequested, actor, asked, $"The promotion of {asked.Freight.Alias} to {asked.Stage} is to be aborted.", reason))
                .CommitAsync(cancellationToken);
        }

        return PromotionRequestResult.Created(asked);
    }
}
