using System.Globalization;
using Waybill.Domain.Promotions;
using Waybill.Engine.Sweeping;
using Waybill.Engine.Tests.Costs;
using Waybill.Functions.Driving;
using Waybill.Functions.Tests.World;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Head;

/// <summary>What docs/cost.md says of the app's executions.</summary>
public sealed class CostTests
{
    private const int Looks = 43;

    [Theory]
    [InlineData("SweepSchedule", "sweep.minutes")]
    [InlineData("HealthSchedule", "health.minutes")]
    [InlineData("PollSchedule", "poll.minutes")]
    [InlineData("HousekeepingSchedule", "housekeeping.minutes")]
    public void Timers_tick_as_often_as_the_page_says(string schedule, string key) =>
        Assert.Equal(CostCounts.Of(key), 60 / TicksAnHour(SampleSettings.Read()[schedule]!));

    [Fact]
    public async Task A_sweep_that_finds_nothing_causes_the_executions_that_the_page_says()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Compose()).Automatic(), Stage("staging", Compose()).After("dev").Automatic());
        await world.BeginAsync();
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(10));
        var before = Executions(world);

        world.World.Get<DurableClients>().Use(world.Client);
        await world.World.Get<ProjectSweeper>().DriveAsync(Project, CancellationToken.None);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(5));

        var (activities, runs) = Executions(world);
        Assert.Equal((CostCounts.Of("sweep.activities"), CostCounts.Of("sweep.orchestrator-runs")), (activities - before.Activities, runs - before.Runs));
    }

    [Fact]
    public async Task A_promotion_causes_at_most_the_executions_that_the_page_says()
    {
        await using var world = await HubWorld.CreateAsync(Stage("dev", Scripted()));
        world.Step.Result = run => run <= Looks ? StepResult.Waiting("Not yet.") : StepResult.Succeeded("Done.");

        var (_, name) = await world.BeginAsync();
        await world.FinishAsync(name);
        await world.Hub.AdvanceAsync(TimeSpan.FromMinutes(10));

        var (activities, runs) = Executions(world);
        Assert.Equal(CostCounts.Of("promotion.activities"), activities - Looks);
        Assert.Equal(CostCounts.Of("promotion.orchestrator-runs"), runs - (2 * Looks));
    }

    private static (int Activities, int Runs) Executions(HubWorld world) => (world.Hub.ActivitiesRun, world.Hub.OrchestratorRuns);

    /// <summary>Of schedules as simple as the sample's: seconds that are a number, minutes that are one or an interval, and stars.</summary>
    private static int TicksAnHour(string schedule) => schedule.Split(' ') is [_, var minutes, "*", "*", "*", "*"]
        ? minutes.StartsWith("*/", StringComparison.Ordinal) ? 60 / int.Parse(minutes[2..], CultureInfo.InvariantCulture) : minutes == "*" ? 60 : 1
        : throw new FormatException($"This test can't read {schedule}.");
}
