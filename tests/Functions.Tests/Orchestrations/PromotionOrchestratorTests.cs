using Microsoft.DurableTask.Client;
using Waybill.Domain.Auditing;
using Waybill.Domain.Promotions;
using Waybill.Functions.Driving;
using Waybill.Functions.Tests.World;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Orchestrations;

public sealed class PromotionOrchestratorTests
{
    [Fact]
    public async Task A_promotion_runs_its_steps_and_is_verified()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose("one"), Compose("two")));

        var (freight, name) = await world.BeginAsync();

        var promotion = await world.PromotionAsync(name);
        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        Assert.True(promotion.IsSettled);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, world.InstanceOf(name).Status);
        Assert.Equal(freight.Id, (await world.World.StageAsync("dev")).Current[Warehouse].Id);
    }

    [Fact]
    public async Task An_approval_lets_it_go_on_at_once()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        Assert.Contains("0 of 1 approvals", world.InstanceOf(name).CustomStatus, StringComparison.Ordinal);

        await world.World.DecideAsync(world.Client, "ada@example.com", ApprovalDecision.Approve);
        await world.Hub.RunAsync();

        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, world.InstanceOf(name).Status);
    }

    [Fact]
    public async Task A_rejection_fails_it_with_the_persons_words()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();

        await world.World.DecideAsync(world.Client, "bob@example.com", ApprovalDecision.Reject, "not on a Friday");
        await world.Hub.RunAsync();

        var promotion = await world.PromotionAsync(name);
        Assert.Equal(PromotionPhase.Failed, promotion.Phase);
        Assert.Contains("not on a Friday", promotion.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fail", PromotionPhase.Failed)]
    [InlineData("abort", PromotionPhase.Aborted)]
    [InlineData("approve", PromotionPhase.Succeeded)]
    public async Task An_approval_times_out_though_no_process_was_there(string onTimeout, PromotionPhase expected)
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval("24h", onTimeout), Compose()));
        var (_, name) = await world.BeginAsync();

        await world.Hub.AdvanceAsync(TimeSpan.FromHours(23));
        Assert.False((await world.PromotionAsync(name)).IsTerminal);
        await world.Hub.AdvanceAsync(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));

        Assert.Equal(expected, (await world.PromotionAsync(name)).Phase);
        Assert.True(world.InstanceOf(name).IsOver);
    }

    [Fact]
    public async Task An_abort_interrupts_a_wait_at_once()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        var before = world.Time.GetUtcNow();

        await world.World.AbortAsync(world.Client, name);
        await world.Hub.RunAsync();

        Assert.Equal(PromotionPhase.Aborted, (await world.PromotionAsync(name)).Phase);
        Assert.Equal(before, world.Time.GetUtcNow());
        Assert.Contains("changed my mind", world.InstanceOf(name).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transient_error_is_tried_again_later()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Scripted(errorThreshold: 3)));
        world.Step.Result = run => run < 3 ? StepResult.TransientError("The cluster is away.") : StepResult.Succeeded("Done.");

        var (_, name) = await world.BeginAsync();
        Assert.Contains("The cluster is away.", world.InstanceOf(name).CustomStatus, StringComparison.Ordinal);
        var promotion = await world.FinishAsync(name);

        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        Assert.Equal(3, world.Step.Runs);
    }

    [Fact]
    public async Task A_lost_event_costs_one_bounded_wait()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();

        world.Hub.LosesEvents = true;
        await world.World.DecideAsync(world.Client, "ada@example.com", ApprovalDecision.Approve);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(15));

        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
    }

    [Fact]
    public async Task An_unknown_event_changes_nothing()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();

        world.Hub.Raise(world.InstanceOf(name).InstanceId, "Hello", "{\"unexpected\":1}");
        await world.Hub.RunAsync();

        Assert.Equal(PromotionPhase.Running, (await world.PromotionAsync(name)).Phase);
        Assert.Equal(OrchestrationRuntimeStatus.Running, world.InstanceOf(name).Status);
    }

    [Fact]
    public async Task A_decision_during_an_activity_after_a_wait_is_not_swallowed()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();
        var poll = world.Hub.ActivitiesRun + 1;
        world.Hub.DiesAfter = run =>
        {
            // The step has looked and found nothing; before its result is there, the decision is.
            if (run == poll)
            {
                world.World.DecideAsync(world.Client, "ada@example.com", ApprovalDecision.Approve).GetAwaiter().GetResult();
            }

            return false;
        };

        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.True(world.Hub.ActivitiesRun > poll);
        Assert.Equal(PromotionPhase.Succeeded, (await world.PromotionAsync(name)).Phase);
    }

    [Fact]
    public async Task Starting_twice_starts_one()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Approval(), Compose()));
        var (_, name) = await world.BeginAsync();

        await world.World.SweepAsync(world.Client);
        await world.World.SweepAsync(world.Client);
        await world.Hub.RunAsync();

        Assert.Single(world.Hub.Instances, i => i.Name == nameof(Durable.PromotionOrchestrator));
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Durable.PromotionOrchestrator), null, new(InstanceIds.Of(PromotionWorld.Key(name)))));
    }

    [Fact]
    public async Task A_long_wait_begins_anew_before_its_history_grows()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Scripted()));
        world.Step.Result = run => run < 500 ? StepResult.Waiting($"Look {run}.") : StepResult.Succeeded("Done.");

        var (_, name) = await world.BeginAsync();
        var promotion = await world.FinishAsync(name, TimeSpan.FromHours(4));

        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        Assert.InRange(world.InstanceOf(name).Generations, 5, 50);
        Assert.InRange(world.InstanceOf(name).LongestHistory, 1, 400);
    }

    [Fact]
    public async Task Each_audit_entry_is_there_once_however_often_the_process_dies()
    {
        await using var undisturbed = await HubWorld.CreateAsync(Stage("dev", Compose("one"), Approval(), Compose("two")));
        var expected = await RunWithApprovalAsync(undisturbed);
        var activities = undisturbed.Hub.ActivitiesRun;
        Assert.InRange(activities, 6, 20);

        for (var dies = 1; dies <= activities; dies++)
        {
            await using var world = await HubWorld.CreateAsync(Stage("dev", Compose("one"), Approval(), Compose("two")));
            var at = dies;
            world.Hub.DiesAfter = run => run == at;

            Assert.Equal(expected, await RunWithApprovalAsync(world));
            Assert.InRange(world.Hub.ActivitiesRun, activities, activities + 2);
        }
    }

    private static async Task<IReadOnlyList<AuditAction>> RunWithApprovalAsync(HubWorld world)
    {
        var (_, name) = await world.BeginAsync();
        await world.World.DecideAsync(world.Client, "ada@example.com", ApprovalDecision.Approve);
        var promotion = await world.FinishAsync(name);
        Assert.Equal(PromotionPhase.Succeeded, promotion.Phase);
        return await world.World.AuditAsync();
    }
}
