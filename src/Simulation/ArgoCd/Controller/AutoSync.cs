using System.Text.Json.Nodes;
using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.ArgoCd.Controller;

/// <summary>Starts syncs that nobody asked for: once a commit, and again when an Application heals itself.</summary>
internal sealed class AutoSync(OperatorApi api, ArgoCdScript script, Clockwork clock)
{
    public async Task StartAsync(OperatorObject application, Comparison comparison, CancellationToken cancellationToken)
    {
        var prunes = application.IsAutomated("prune");
        var isOnlyLeftOver = !prunes && comparison.Stacks.All(s => s.IsSynced || s.Wanted is null);
        if (!application.IsAutomated() || application.IsOperating() || comparison.Target.Error is not null || comparison.IsSynced || isOnlyLeftOver
            || !MayTry(application, comparison.Target))
        {
            return;
        }

        var sync = new JsonObject { ["prune"] = prunes };
        sync.SetRevisions(comparison.Target.Revisions);
        var patch = application.Patch();
        patch["operation"] = new JsonObject { ["initiatedBy"] = new JsonObject { ["automated"] = true }, ["sync"] = sync };
        application.Replace((await api.PatchAsync(application, patch, cancellationToken)).Json);
    }

    private bool MayTry(OperatorObject application, Target target)
    {
        var isNew = !application.SyncedRevisions().SequenceEqual(target.Revisions);
        return isNew || (application.Phase() is "Succeeded" && application.IsAutomated("selfHeal") && clock.Now - application.FinishedAt() >= script.SelfHealAfter);
    }
}
