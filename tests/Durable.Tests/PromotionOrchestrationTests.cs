using Microsoft.DurableTask.Client;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Functions.Driving;
using Waybill.Functions.Durable;
using Waybill.Functions.Tests.World;
using Waybill.TestParts;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Durable.Tests;

/// <summary>The scenarios of tests/Functions.Tests on the SDK's own engine.</summary>
public sealed class PromotionOrchestrationTests
{
    [Fact]
    public async Task A_promotion_runs_its_steps_and_is_verified()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Compose("one"), Compose("two")));

        var (_, name) = await world.BeginAsync();
        var (promotion, instance) = await world.FinishAsync(name);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.True(promotion is { Phase: PromotionPhase.Succeeded, IsSettled: true });
    }

    [Theory]
    [InlineData(ApprovalDecision.Approve, PromotionPhase.Succeeded)]
    [InlineData(ApprovalDecision.Reject, PromotionPhase.Failed)]
    public async Task A_decision_wakes_it(ApprovalDecision decision, PromotionPhase expected)
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        await world.ShowsAsync(name, "0 of 1 approvals");

        await world.World.DecideAsync(world.Client, "ada@example.com", decision);
        var (promotion, _) = await world.FinishAsync(name);

        Assert.Equal(expected, promotion.Phase);
    }

    [Fact]
    public async Task An_approval_times_out()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Approval("3s"), Compose()));

        var (_, name) = await world.BeginAsync();
        var (promotion, _) = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Failed, promotion.Phase);
        Assert.Contains("Nobody decided", promotion.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abort_interrupts_a_wait()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        await world.ShowsAsync(name, "0 of 1 approvals");

        await world.World.AbortAsync(world.Client, name);
        var (promotion, instance) = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Aborted, promotion.Phase);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
    }

    [Fact]
    public async Task An_unknown_event_changes_nothing()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        await world.ShowsAsync(name, "0 of 1 approvals");

        await world.Client.RaiseEventAsync(DurableWorld.IdOf(name), "Hello", new { Unexpected = 1 });
        await world.World.DecideAsync(world.Client, "ada@example.com", ApprovalDecision.Approve);
        var (promotion, _) = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
    }

    [Fact]
    public async Task An_outage_of_the_store_is_sat_out()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        await world.ShowsAsync(name, "0 of 1 approvals");
        var before = world.ActivitiesRun;

        world.World.Store.IsDown = true;
        await world.Client.RaiseEventAsync(DurableWorld.IdOf(name), PromotionEvents.WakeUp);
        await Poll.UntilAsync("two activities that fail", TimeSpan.FromSeconds(60), _ => Task.FromResult(world.ActivitiesRun >= before + 2));
        world.World.Store.IsDown = false;
        await world.World.AbortAsync(world.Client, name);
        var (promotion, instance) = await world.FinishAsync(name);

        Assert.Equal((PromotionPhase.Aborted, OrchestrationRuntimeStatus.Completed), (promotion.Phase, instance.RuntimeStatus));
    }

    [Fact]
    public async Task A_transient_error_is_tried_again()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Scripted(errorThreshold: 3)));
        world.Step.Result = run => run < 3 ? StepResult.TransientError("The cluster is away.") : StepResult.Succeeded("Done.");

        var (_, name) = await world.BeginAsync();
        var (promotion, _) = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        Assert.Equal(3, world.Step.Runs);
    }

    [Fact]
    public async Task A_result_that_was_lost_costs_a_retry_and_changes_nothing_else()
    {
        await using var undisturbed = await DurableWorld.CreateAsync(Stage("dev", Compose("one"), Compose("two")));
        var (_, first) = await undisturbed.BeginAsync();
        await undisturbed.FinishAsync(first);
        var expected = await undisturbed.World.AuditAsync();

        for (var dies = 1; dies <= 5; dies++)
        {
            await using var world = await DurableWorld.CreateAsync(Stage("dev", Compose("one"), Compose("two")));
            var at = dies;
            world.DiesAfter = run => run == at;
            var (_, name) = await world.BeginAsync();
            var (promotion, _) = await world.FinishAsync(name);

            Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
            Assert.Equal(expected, await world.World.AuditAsync());
        }
    }

    [Fact]
    public async Task It_begins_anew_before_its_history_grows()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Scripted()));
        world.Step.Result = run => run < 150
            ? StepResult.Waiting($"Look {run}.") with { NextCheckAt = DateTimeOffset.UtcNow }
            : StepResult.Succeeded("Done.");

        var (_, name) = await world.BeginAsync();
        var (promotion, instance) = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.Equal(150, world.Step.Runs);
    }

    [Fact]
    public async Task A_poisoned_input_ends_in_a_failure()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Compose()));

        var id = await world.Client.ScheduleNewOrchestrationInstanceAsync(nameof(PromotionOrchestrator), new PromotionRun("", ""));
        var instance = await world.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Contains("can't be used", instance.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Freight_goes_through_automatic_stages_by_itself()
    {
        await using var world = await DurableWorld.CreateAsync(Stage("dev", Compose()).Automatic(), Stage("staging", Compose()).After("dev").Automatic());
        var freight = await world.World.AddFreightAsync();
        world.World.Get<DurableClients>().Use(world.Client);

        await world.World.Get<IDriver>().EvaluateProjectAsync(Project, null, CancellationToken.None);

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await world.World.StageAsync("staging")).Current.GetValueOrDefault(Warehouse)?.Id != freight.Id)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
        }
    }
}
