using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Waybill.Domain.Promotions;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.Functions.Tests.World;
using Waybill.FunctionsContract.Replay;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Orchestrations;

/// <summary>What docs/orchestrator-versions.md describes.</summary>
public sealed class VersionTests
{
    private const string V2 = "PromotionOrchestrator_v2";

    [Fact]
    public async Task Instances_end_on_the_code_they_began_with_while_new_ones_begin_on_the_next_version()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval()), Stage("test", Compose()));
        var (_, old) = await world.BeginAsync("dev");

        // The deployment: both versions are there, and whatever starts from now on starts as version 2.
        world.Hub.Add(V2, RunV2Async);
        var freight = await world.World.AddFreightAsync();
        var name = await world.World.PromoteAsync(new DriverOfV2(world.Client), freight, "test");
        await world.Hub.RunAsync();
        await world.World.DecideAsync(world.Client, "ada@example.com", ApprovalDecision.Approve);
        await world.Hub.RunAsync();

        Assert.Equal((nameof(PromotionOrchestrator), OrchestrationRuntimeStatus.Completed), (world.InstanceOf(old).Name, world.InstanceOf(old).Status));
        Assert.Equal((V2, OrchestrationRuntimeStatus.Completed), (world.InstanceOf(name).Name, world.InstanceOf(name).Status));
        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(old)).Phase);
        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
    }

    [Fact]
    public async Task An_orchestrator_that_is_changed_in_place_is_caught()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval()));
        var isChanged = false;
        world.Hub.Add("InPlace", context => isChanged ? RunV2Async(context) : RunAsync(context));
        var freight = await world.World.AddFreightAsync();
        var name = await world.World.PromoteAsync(new DriverOfV2(world.Client, "InPlace"), freight, "dev");
        await world.Hub.RunAsync();

        isChanged = true;
        world.Hub.Raise(InstanceIds.Of(PromotionWorld.Key(name)), PromotionEvents.WakeUp);

        await Assert.ThrowsAsync<NonDeterminismException>(world.Hub.RunAsync);
    }

    private static async Task<object?> RunAsync(TaskOrchestrationContext context) => await PromotionOrchestrator.RunAsync(context);

    /// <summary>A version that pauses before it begins: one call more than the version before.</summary>
    private static async Task<object?> RunV2Async(TaskOrchestrationContext context)
    {
        context.SetCustomStatus("Version 2");
        var run = context.GetInput<PromotionRun>()!;
        await context.CallActivityAsync<Directive>(nameof(PromotionActivities.NextDirective), new PromotionTask(run.Project, run.Name));
        return await PromotionOrchestrator.RunAsync(context);
    }

    /// <summary>The change that the new version's deployment makes to the driver: another name when something is started.</summary>
    private sealed class DriverOfV2(DurableTaskClient inner, string name = V2) : DurableTaskClient("v2")
    {
        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
            inner.ScheduleNewOrchestrationInstanceAsync(
                orchestratorName == nameof(PromotionOrchestrator) ? name : orchestratorName, input, options, cancellation);

        public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
            inner.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);

        public override Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            inner.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation);

        public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation) =>
            inner.PurgeAllInstancesAsync(filter, cancellation);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
