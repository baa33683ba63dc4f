using Microsoft.DurableTask.Client;
using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.Functions.Tests.World;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Orchestrations;

public sealed class FailureTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("42")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    [InlineData("{\"Project\":\"\",\"Name\":\"x\"}")]
    [InlineData("\"not an object\"")]
    public async Task A_poisoned_input_ends_in_a_failure_that_says_so(string? input)
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));

        foreach (var orchestrator in new[] { nameof(PromotionOrchestrator), nameof(ProjectOrchestrator) })
        {
            var instance = world.Hub.Start(orchestrator, $"poisoned-{orchestrator}", input);
            await world.Hub.RunAsync();

            Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.Status);
            Assert.IsType<PoisonedInputException>(instance.Failure);
            Assert.Contains("\"Errored\"", instance.CustomStatus, StringComparison.Ordinal);
        }

        Assert.Equal(0, world.Hub.ActivitiesRun);
    }

    [Fact]
    public async Task A_poisoned_instance_does_not_keep_its_promotion_from_running()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        var freight = await world.World.AddFreightAsync();
        world.Hub.LosesEvents = true;
        var name = await world.World.PromoteAsync(new NoDelivery(), freight, "dev");
        world.Hub.Start(nameof(PromotionOrchestrator), InstanceIds.Of(PromotionWorld.Key(name)), "{}");
        await world.Hub.RunAsync();

        await world.World.SweepAsync(world.Client);
        await world.Hub.RunAsync();

        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
    }

    [Fact]
    public async Task A_promotion_that_is_not_there_ends_its_orchestration()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));

        var instance = world.Hub.Start(nameof(PromotionOrchestrator), "gone", "{\"Project\":\"shop\",\"Name\":\"dev.01k0000000000000000000000a.abcdef0\"}");
        await world.Hub.RunAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.Status);
        Assert.Contains("no such promotion", instance.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(PromotionActivities.ExecuteStep))]
    [InlineData(nameof(PromotionActivities.FinishPromotion))]
    [InlineData(nameof(PromotionActivities.NextDirective))]
    public async Task An_activity_that_throws_for_ever_ends_the_promotion_errored(string activity)
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        var tries = 0;
        world.Activities.Break(activity, () => { tries++; return new FormatException("This record is garbled."); });

        var (_, name) = await world.BeginAsync();
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("Paused", world.InstanceOf(name).CustomStatus, StringComparison.Ordinal);
        Assert.Contains("This record is garbled.", world.InstanceOf(name).CustomStatus, StringComparison.Ordinal);
        var promotion = await world.FinishAsync(name, TimeSpan.FromHours(2));

        Assert.Equal(PromotionPhase.Errored, promotion.Phase);
        Assert.Contains("This record is garbled.", promotion.Message, StringComparison.Ordinal);
        Assert.InRange(tries, 8, 40);
        Assert.Null((await world.World.StageAsync("dev")).CurrentPromotion);
        Assert.Contains(AuditAction.PromotionErrored, await world.World.AuditAsync());
    }

    [Fact]
    public async Task Verification_that_throws_for_ever_ends_in_error_and_frees_the_stage()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        world.Activities.Break(nameof(PromotionActivities.MeasureVerification), () => new FormatException("Garbled."));

        var (_, name) = await world.BeginAsync();
        var promotion = await world.FinishAsync(name, TimeSpan.FromHours(2));

        Assert.Equal((PromotionPhase.Succeeded, VerificationPhase.Error), (promotion.Phase, promotion.Verification!.Phase));
        Assert.Null((await world.World.StageAsync("dev")).CurrentPromotion);
    }

    [Fact]
    public async Task When_even_giving_up_fails_the_instance_fails_where_the_portal_shows_it()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        foreach (var activity in new[] { nameof(PromotionActivities.ExecuteStep), nameof(PromotionActivities.GiveUpOnPromotion) })
        {
            world.Activities.Break(activity, () => new FormatException("Garbled."));
        }

        var (_, name) = await world.BeginAsync();
        await world.FinishAsync(name, TimeSpan.FromHours(2));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, world.InstanceOf(name).Status);
        Assert.Contains("Garbled.", world.InstanceOf(name).Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(120)]
    public async Task A_storage_outage_of_minutes_is_sat_out(int minutes)
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Scripted(), Compose()));
        world.Step.Result = run => run < 3 ? StepResult.Waiting("Not yet.") : StepResult.Succeeded("Done.");
        var (_, name) = await world.BeginAsync();
        var before = world.Hub.ActivitiesRun;

        world.World.Store.IsDown = true;
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(minutes));
        var during = world.Hub.ActivitiesRun - before;
        world.World.Store.IsDown = false;
        var promotion = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        Assert.InRange(during, 1, 20 + (minutes * 3));
    }

    [Fact]
    public async Task An_outage_while_a_project_is_evaluated_is_sat_out()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic());
        await world.World.AddFreightAsync();
        world.World.Store.IsDown = true;
        world.World.Get<DurableClients>().Use(world.Client);
        await world.World.Get<Engine.Ports.IDriver>().EvaluateProjectAsync(Project, null, CancellationToken.None);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(10));

        world.World.Store.IsDown = false;
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(6));

        Assert.NotEmpty((await world.World.StageAsync("dev")).Current);
    }

    [Fact]
    public async Task A_request_succeeds_though_nothing_can_be_delivered()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()));
        var freight = await world.World.AddFreightAsync();

        var name = await world.World.PromoteAsync(new NoDelivery(), freight, "dev");
        Assert.Equal(PromotionPhase.Running, (await world.PromotionAsync(name)).Phase);
        await world.World.SweepAsync(world.Client);
        await world.Hub.RunAsync();

        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
    }

    [Fact]
    public void A_function_that_hands_over_no_client_is_told_so()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new DurableClients().Current);

        Assert.Contains("[DurableClient]", error.Message, StringComparison.Ordinal);
    }
}
