using Microsoft.DurableTask.Client;
using Waybill.Engine.Ports;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.Functions.Tests.World;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Orchestrations;

public sealed class ProjectOrchestratorTests
{
    [Fact]
    public async Task Freight_goes_through_all_automatic_stages_by_itself()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic(), Stage("staging", Compose()).After("dev").Automatic());
        var freight = await world.World.AddFreightAsync();

        await EvaluateAsync(world);

        Assert.Equal(freight.Id, (await world.World.StageAsync("staging")).Current[Warehouse].Id);
    }

    [Fact]
    public async Task Soaked_freight_goes_on_the_moment_its_soak_ends()
    {
        await using var world = await HubWorld.CreateAsync(
            Stage("dev", Compose()).Automatic(), Stage("staging", Compose()).After("dev", TimeSpan.FromMinutes(90)).Automatic());
        await world.World.AddFreightAsync();
        await EvaluateAsync(world);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(89));
        Assert.Empty((await world.World.StageAsync("staging")).Current);

        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.NotEmpty((await world.World.StageAsync("staging")).Current);
    }

    [Fact]
    public async Task It_ends_when_nothing_is_due_and_begins_with_the_next_event()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic());
        await EvaluateAsync(world);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, Instance(world).Status);

        await world.World.AddFreightAsync();
        await EvaluateAsync(world);

        Assert.NotEmpty((await world.World.StageAsync("dev")).Current);
    }

    [Fact]
    public async Task A_burst_of_events_costs_few_evaluations()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic());
        await EvaluateAsync(world);
        var before = world.Hub.ActivitiesRun;

        for (var i = 0; i < 100; i++)
        {
            world.Hub.Raise(InstanceIds.OfProject(Project), ProjectOrchestrator.Evaluate);
        }

        await world.Hub.RunAsync();

        Assert.InRange(world.Hub.ActivitiesRun - before, 1, 3);
        Assert.Single(world.Hub.Instances, i => i.Name == nameof(ProjectOrchestrator));
    }

    [Fact]
    public async Task An_event_during_the_evaluation_leads_to_another_one()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic());
        var evaluations = 0;
        world.Activities.Break(nameof(ProjectActivities.EvaluateProject), () =>
        {
            if (++evaluations == 1)
            {
                world.Hub.Raise(InstanceIds.OfProject(Project), ProjectOrchestrator.Evaluate);
            }

            return null;
        });

        await EvaluateAsync(world);

        Assert.Equal(2, evaluations);
    }

    [Fact]
    public async Task A_later_moment_is_waited_for()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic());
        await world.World.AddFreightAsync();

        await EvaluateAsync(world, TimeSpan.FromMinutes(40));
        Assert.Equal(0, world.Hub.ActivitiesRun);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(41));

        Assert.NotEmpty((await world.World.StageAsync("dev")).Current);
    }

    [Fact]
    public async Task A_later_moment_does_not_put_off_an_earlier_one()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic());
        await world.World.AddFreightAsync();
        await EvaluateAsync(world, TimeSpan.FromMinutes(10));

        await EvaluateAsync(world, TimeSpan.FromMinutes(50));
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(11));

        Assert.NotEmpty((await world.World.StageAsync("dev")).Current);
    }

    private static async Task EvaluateAsync(HubWorld world, TimeSpan? later = null)
    {
        world.World.Get<DurableClients>().Use(world.Client);
        await world.World.Get<IDriver>().EvaluateProjectAsync(Project, later is null ? null : world.Time.GetUtcNow() + later, CancellationToken.None);
        await world.Hub.RunAsync();
    }

    private static FunctionsContract.Replay.ReplayingOrchestration Instance(HubWorld world) => world.Hub.Instance(InstanceIds.OfProject(Project));
}
