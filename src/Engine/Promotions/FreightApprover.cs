using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;

namespace Waybill.Engine.Promotions;

/// <summary>Approves freight for a stage because a person answers for it: upstream verification is bypassed, its origin is not.</summary>
public sealed class FreightApprover(ProjectStore store, AuditLog audit, IDriver driver, TimeProvider time)
{
    /// <summary>Returns null when done, or why not.</summary>
    public async Task<Refusal?> ApproveAsync(
        Pipeline pipeline, string freightIdOrAlias, string stageName, string actor, string reason, CancellationToken cancellationToken)
    {
        if (pipeline.FindStage(stageName) is not { } stage)
        {
            return new Refusal(RefusalKind.NotFound, $"Project {pipeline.Project} has no stage {stageName}.");
        }

        var refusal = await Optimistic.RunAsync(
            token => TryApproveAsync(pipeline.Project, stage, freightIdOrAlias, actor, reason, token), cancellationToken);
        if (refusal is null)
        {
            await driver.EvaluateProjectAsync(pipeline.Project, null, cancellationToken);
        }

        return refusal;
    }

    private async Task<Refusal?> TryApproveAsync(
        string project, Stage stage, string freightIdOrAlias, string actor, string reason, CancellationToken cancellationToken)
    {
        if (await store.FindFreightAsync(project, freightIdOrAlias, cancellationToken) is not { } freight)
        {
            return new Refusal(RefusalKind.NotFound, $"Project {project} has no freight {freightIdOrAlias}.");
        }

        if (stage.RequestFor(freight.Value.Warehouse) is null)
        {
            return new Refusal(RefusalKind.NotPossible, $"Stage {stage.Name} does not request freight of warehouse {freight.Value.Warehouse}.");
        }

        if (freight.Value.IsApprovedFor(stage.Name))
        {
            return null;
        }

        var approved = freight.Value.ApproveFor(stage.Name, new FreightApproval(time.GetUtcNow(), actor, reason));
        var entry = audit.Entry(AuditAction.FreightApproved, actor, $"{approved.Alias} is approved for {stage.Name}.", reason) with
        {
            Stage = stage.Name,
            Freight = approved.Id,
        };
        await store.Begin(project).Write(freight.Then(approved)).PointApproved(stage.Name, approved).Audit(entry).CommitAsync(cancellationToken);
        return null;
    }
}
