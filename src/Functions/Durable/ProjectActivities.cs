using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Engine.AutoPromotion;
using Waybill.Functions.Driving;

namespace Waybill.Functions.Durable;

public sealed class ProjectActivities(ProjectEvaluator evaluator, DurableClients clients)
{
    /// <summary>Lets freight go where it can go by itself. Returns when to look again though nothing happens.</summary>
    [Function(nameof(EvaluateProject))]
    public Task<DateTimeOffset?> EvaluateProject(
        [ActivityTrigger] string project, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        clients.Use(client);
        return evaluator.EvaluateAsync(project, cancellationToken);
    }
}
