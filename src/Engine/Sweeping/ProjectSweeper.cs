using Waybill.Domain.Stages;
using Waybill.Engine.AutoPromotion;
using Waybill.Engine.Health;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;
using Waybill.Engine.Telemetry;

namespace Waybill.Engine.Sweeping;

/// <summary>
/// The safety net under events that were lost: finds promotions that nobody drives, queues that nobody serves and stages that
/// nobody looked at. Harmless at any time and as often as one likes.
/// </summary>
public sealed class ProjectSweeper(
    ProjectStore store, IPipelineSource pipelines, StageQueue queue, StageHealthRefresher health, HoldKeeper holds, IDriver driver)
{
    public async Task SweepAsync(string project, CancellationToken cancellationToken)
    {
        var stages = await store.ListStagesAsync(project, cancellationToken);
        await DriveAsync(project, stages.Values, cancellationToken);
        await RefreshHealthAsync(project, stages.Values, cancellationToken);
    }

    /// <summary>The part of it that gets freight on its way.</summary>
    public async Task DriveAsync(string project, CancellationToken cancellationToken) =>
        await DriveAsync(project, (await store.ListStagesAsync(project, cancellationToken)).Values, cancellationToken);

    /// <summary>The part of it that looks at stages that nothing is being promoted to.</summary>
    public async Task RefreshHealthAsync(string project, CancellationToken cancellationToken) =>
        await RefreshHealthAsync(project, (await store.ListStagesAsync(project, cancellationToken)).Values, cancellationToken);

    private async Task DriveAsync(string project, IEnumerable<Stored<StageState>> stages, CancellationToken cancellationToken)
    {
        if (pipelines.Pipelines.GetValueOrDefault(project) is { } pipeline)
        {
            await holds.ClearObsoleteAsync(pipeline, stages.Where(s => s.Value.Holds.Count > 0), cancellationToken);
        }

        foreach (var stage in stages)
        {
            WaybillTelemetry.QueueSeen(project, stage.Value);
            queue.ReportAgain(project, stage.Value);
            if (stage.Value.CurrentPromotion is { } current)
            {
                await driver.DrivePromotionAsync(new PromotionKey(project, current.Name), cancellationToken);
            }
            else if (stage.Value.Queue.Count > 0)
            {
                await queue.StartNextAsync(project, stage.Value.Stage, cancellationToken);
            }
        }

        await driver.EvaluateProjectAsync(project, null, cancellationToken);
    }

    private async Task RefreshHealthAsync(string project, IEnumerable<Stored<StageState>> stages, CancellationToken cancellationToken)
    {
        foreach (var stage in stages.Where(s => s.Value is { CurrentPromotion: null, Queue.Count: 0 }))
        {
            if (pipelines.Pipelines.GetValueOrDefault(project)?.FindStage(stage.Value.Stage) is not null)
            {
                await health.RefreshAsync(project, stage, cancellationToken);
            }
        }
    }
}
