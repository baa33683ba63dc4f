using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Waybill.Functions.Tests.World;

/// <summary>A client whose every call fails, as when the durable backend is away.</summary>
internal sealed class NoDelivery() : DurableTaskClient("away")
{
    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) => throw Away();

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw Away();

    public override Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw Away();

    public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation) => throw Away();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static HttpRequestException Away() => new("The durable backend is away because this test says so.");
}
