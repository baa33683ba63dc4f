using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Waybill.FunctionsContract.Replay;

/// <summary>The client to a <see cref="TaskHub"/>.</summary>
internal sealed class TaskHubClient(TaskHub hub) : DurableTaskClient("test")
{
    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        hub.Start(orchestratorName.Name, id, Json.Write(input));
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        hub.Raise(instanceId, eventName, Json.Write(eventPayload));
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(hub.Find(instanceId) is { } found ? Describe(found) : null);

    public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation) =>
        Task.FromResult(new PurgeResult(hub.Purge(i =>
            (filter.CreatedFrom is null || i.CreatedAt >= filter.CreatedFrom)
            && (filter.CreatedTo is null || i.CreatedAt <= filter.CreatedTo)
            && (filter.Statuses is null || filter.Statuses.Contains(i.Status)))));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static OrchestrationMetadata Describe(ReplayingOrchestration instance) => new(instance.Name, instance.InstanceId)
    {
        RuntimeStatus = instance.Status,
        CreatedAt = instance.CreatedAt,
        LastUpdatedAt = instance.UpdatedAt,
    };
}
