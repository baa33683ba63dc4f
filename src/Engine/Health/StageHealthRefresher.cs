using Waybill.Domain.Stages;
using Waybill.Engine.Records;

namespace Waybill.Engine.Health;

/// <summary>Looks again at a stage that nothing is being promoted to, so that drift and failures show without anybody promoting.</summary>
public sealed class StageHealthRefresher(ProjectStore store, StageHealthObserver observer)
{
    /// <summary>Writes only when something changed. Says whether it did.</summary>
    public async Task<bool> RefreshAsync(string project, Stored<StageState> stage, CancellationToken cancellationToken)
    {
        if (stage.Value.IsBusy || stage.Value.HealthChecks.Count == 0)
        {
            return false;
        }

        var health = await observer.ObserveAsync(stage.Value.HealthChecks, isArriving: false, cancellationToken);
        var before = stage.Value.Health;
        if (health.State == before.State && health.IsDrifted == before.IsDrifted && health.Issues.SequenceEqual(before.Issues))
        {
            return false;
        }

        try
        {
            await store.Begin(project).Write(stage.Then(stage.Value with { Health = health })).CommitAsync(cancellationToken);
            return true;
        }
        catch (RowConflictException)
        {
            // A promotion began meanwhile; it will look for itself.
            return false;
        }
    }
}
