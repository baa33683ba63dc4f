using Waybill.Engine.Health;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Engine.Sweeping;

/// <summary>
/// The safety net under events that were lost: finds promotions that nobody drives, queues that nobody serves and stages that
/// nobody looked at. Harmless at any time and as often as one likes.
/// </summary>
public sealed class ProjectSweeper(
    ProjectStore store, IPipelineSource pipelines, StageQueue queue, StageHealthRefresher health, IDriver driver)
{
    public async Task SweepAsync(string project, CancellationToken cancellationToken)
    {
        var stages = await store.ListStagesAsync(project, cancellationToken);
        foreach (var stage in stages.Values)
        {
            if (stage.Value.CurrentPromotion is { } current)
            {
                await driver.DrivePromotionAsync(new PromotionKey(project, current.Name), cancellationToken);
            }
            else if (stage.Value.Queue.Count > 0)
            {
                await queue.StartNextAsync(project, stage.Value.Stage, cancellationToken);
            }
            else if (pipelines.Pipelines.GetValueOrDefault(project)?.FindStage(stage.Value.Stage) is not null)
            {
                await health.RefreshAsync(project, stage, cancellationToken);
            }
        }

        await driver.EvaluateProjectAsync(project, null, cancellationToken);
    }
}
