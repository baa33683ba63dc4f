using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.AutoPromotion;

/// <summary>A stage without steps deploys nothing: whatever is available to it is verified in it at once.</summary>
public sealed class ControlFlow(ProjectStore store, AuditLog audit, IDriver driver, TimeProvider time)
{
    /// <summary>Returns when freight becomes available though nothing happens: a soak ends then. Null when none soaks.</summary>
    public async Task<DateTimeOffset?> PassAsync(
        string project, Stage stage, IEnumerable<Freight> candidates, CancellationToken cancellationToken)
    {
        var passed = false;
        DateTimeOffset? wakeAt = null;
        foreach (var freight in candidates.Where(f => !f.IsVerifiedIn(stage.Name)))
        {
            var availability = Availability.Of(freight, stage, time.GetUtcNow());
            passed |= availability.IsAvailable && await VerifyAsync(project, stage, freight.Id, cancellationToken);
            wakeAt = wakeAt is null || availability.AvailableAt < wakeAt ? availability.AvailableAt ?? wakeAt : wakeAt;
        }

        if (passed)
        {
            await driver.EvaluateProjectAsync(project, null, cancellationToken);
        }

        return wakeAt;
    }

    private async Task<bool> VerifyAsync(string project, Stage stage, string freightId, CancellationToken cancellationToken)
    {
        if (await store.GetFreightAsync(project, freightId, cancellationToken) is not { } freight || freight.Value.IsVerifiedIn(stage.Name))
        {
            return false;
        }

        var verified = freight.Value.VerifyIn(stage.Name, time.GetUtcNow());
        var entry = audit.Entry(AuditAction.FreightVerified, "waybill", $"{verified.Alias} passes {stage.Name}, which has no steps.") with
        {
            Stage = stage.Name,
            Freight = freightId,
        };
        await store.Begin(project).Write(freight.Then(verified)).PointVerified(stage.Name, verified).Audit(entry).CommitAsync(cancellationToken);
        return true;
    }
}
