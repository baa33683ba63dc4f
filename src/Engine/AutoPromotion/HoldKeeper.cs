using Waybill.Domain;
using Waybill.Domain.Auditing;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Stages;
using Waybill.Engine.Auditing;
using Waybill.Engine.Records;

namespace Waybill.Engine.AutoPromotion;

/// <summary>
/// Clears holds that hold nothing any more: auto-promotion of the stage was disabled, or the origin is no longer requested. Whoever
/// enables it again starts without a hold from long ago.
/// </summary>
public sealed class HoldKeeper(ProjectStore store, AuditLog audit)
{
    public async Task ClearObsoleteAsync(Pipeline pipeline, IEnumerable<Stored<StageState>> states, CancellationToken cancellationToken)
    {
        foreach (var state in states)
        {
            if (pipeline.FindStage(state.Value.Stage) is { } stage && Obsolete(stage, state.Value) is { Count: > 0 } origins)
            {
                await ClearAsync(pipeline.Project, state, origins, cancellationToken);
            }
        }
    }

    private static IReadOnlyList<string> Obsolete(Stage stage, StageState state) =>
        [.. state.Holds.Keys.Where(origin => !stage.AutoPromotionEnabled || stage.RequestFor(origin) is null)];

    private async Task ClearAsync(string project, Stored<StageState> state, IReadOnlyList<string> origins, CancellationToken cancellationToken)
    {
        var stage = state.Value.Stage;
        var cleared = state.Value with { Holds = origins.Aggregate(state.Value.Holds, (holds, origin) => holds.Without(origin)) };
        var transaction = store.Begin(project).Write(state.Then(cleared));
        foreach (var origin in origins)
        {
            var message = $"Nothing of {origin} is promoted to {stage} by itself any more, so nothing is held.";
            transaction.Audit(audit.Entry(AuditAction.HoldCleared, "waybill", message) with { Stage = stage });
        }

        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (RowConflictException)
        {
            // Somebody changed the stage meanwhile; the next sweep finds the hold if it is still there.
        }
    }
}
