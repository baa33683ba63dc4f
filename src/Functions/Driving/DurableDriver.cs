using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Waybill.Engine.Ports;
using Waybill.Functions.Durable;

namespace Waybill.Functions.Driving;

/// <summary>Has orchestrations started and woken. What can't be delivered now is found by the sweep, so nobody's request fails for it.</summary>
public sealed partial class DurableDriver(DurableClients clients, TimeProvider time, ILogger<DurableDriver> logger) : IDriver
{
    public Task DrivePromotionAsync(PromotionKey promotion, CancellationToken cancellationToken) =>
        WakePromotionAsync(promotion, WakeReason.Changed, cancellationToken);

    public Task WakePromotionAsync(PromotionKey promotion, WakeReason reason, CancellationToken cancellationToken) => DeliverAsync(
        InstanceIds.Of(promotion),
        nameof(PromotionOrchestrator),
        PromotionRun.Of(promotion),
        reason switch
        {
            WakeReason.ApprovalDecided => PromotionEvents.ApprovalDecided,
            WakeReason.AbortRequested => PromotionEvents.AbortRequested,
            _ => PromotionEvents.WakeUp,
        },
        null,
        cancellationToken);

    public Task EvaluateProjectAsync(string project, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var later = at > time.GetUtcNow() ? at : null;
        return DeliverAsync(
            InstanceIds.OfProject(project),
            nameof(ProjectOrchestrator),
            new ProjectRun(project, later),
            ProjectOrchestrator.Evaluate,
            ProjectRun.WriteMoment(later),
            cancellationToken);
    }

    private async Task DeliverAsync(
        string id, TaskName orchestrator, object input, string wake, string? payload, CancellationToken cancellationToken)
    {
        var client = clients.Current;
        try
        {
            var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: false, cancellationToken);
            if (IsAlive(instance))
            {
                await client.RaiseEventAsync(id, wake, payload, cancellationToken);
            }
            else
            {
                // Two callers may both come here; host.json has the host refuse the second start, which ends up below.
                await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), cancellationToken);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogUndelivered(error, id);
        }
    }

    private static bool IsAlive(OrchestrationMetadata? instance) => instance?.RuntimeStatus
        is OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Orchestration {Instance} could not be started or woken; the sweep makes up for it.")]
    private partial void LogUndelivered(Exception error, string instance);
}
