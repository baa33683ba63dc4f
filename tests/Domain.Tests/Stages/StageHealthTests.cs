using Waybill.Domain.Stages;
using static Waybill.Domain.Stages.HealthState;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Stages;

public sealed class StageHealthTests
{
    [Theory]
    [InlineData(Healthy)]
    [InlineData(Healthy, Healthy)]
    [InlineData(NotApplicable, Healthy, NotApplicable)]
    [InlineData(Progressing, NotApplicable, Progressing, Healthy)]
    [InlineData(Unknown, Progressing, Unknown)]
    [InlineData(Unhealthy, Unknown, Unhealthy, Progressing)]
    public void The_worst_wins(HealthState expected, params HealthState[] states)
    {
        var health = StageHealth.Worst([.. states.Select(s => new HealthFinding(s, $"{s}"))], Noon);

        Assert.Equal(expected, health.State);
        Assert.Equal(states.Where(s => s is not (Healthy or NotApplicable)).Select(s => $"{s}"), health.Issues);
        Assert.Equal(Noon, health.ObservedAt);
    }

    [Fact]
    public void One_drifted_Stack_makes_the_stage_drifted()
    {
        var health = StageHealth.Worst([new(Healthy, ""), new(Unhealthy, "another commit", IsDrift: true)], Noon);

        Assert.True(health.IsDrifted);
    }

    [Fact]
    public void What_was_never_observed_is_not_healthy() => Assert.Equal(Unknown, StageHealth.NeverObserved.State);
}
