using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using static Waybill.Domain.Promotions.VerificationPhase;

namespace Waybill.Domain.Tests.Analysis;

/// <summary>Argo Rollouts' rules, <c>assessMetricStatus</c> and <c>assessMetricFailureInconclusiveOrError</c>, as its own tests have them.</summary>
public sealed class MetricAssessmentTests
{
    /// <summary>Limits, outcomes in order (s, f, i, e for error, or . for one under way), and what they come to.</summary>
    public static TheoryData<string, string, VerificationPhase> Cases => new()
    {
        // One measurement is enough where neither count nor interval is said.
        { "", "s", Successful },
        { "", "f", Failed },
        { "", "i", Inconclusive },
        { "", "e", Running },
        { "", ".", Running },

        // failureLimit, 0 unless it is said.
        { "count=3 interval", "ss", Running },
        { "count=3 interval", "sss", Successful },
        { "count=3 interval", "sf", Failed },
        { "count=3 interval failureLimit=1", "sf", Running },
        { "count=3 interval failureLimit=1", "sfs", Successful },
        { "count=3 interval failureLimit=1", "sff", Failed },
        { "count=3 interval failureLimit=3", "fff", Successful },
        { "count=2 interval failureLimit=-1 consecutiveSuccessLimit=1", "ff", Failed },

        // inconclusiveLimit; what is graver wins.
        { "count=3 interval inconclusiveLimit=1", "i", Running },
        { "count=3 interval inconclusiveLimit=1", "ii", Inconclusive },
        { "count=3 interval failureLimit=1", "fi", Inconclusive },

        // Errors in a row; one that came about starts the counting anew, and errors are no measurements.
        { "", "eeee", Running },
        { "", "eeeee", Error },
        { "", "eeees", Successful },
        { "consecutiveErrorLimit=0", "e", Error },
        { "count=2 interval", "eeeeseeee", Running },
        { "count=2 interval", "eeeeseeees", Successful },
        { "interval consecutiveErrorLimit=1", "esee", Error },

        // Without a count it goes on; successes in a row may end it.
        { "interval", "ssssssss", Running },
        { "interval", "sssf", Failed },
        { "interval consecutiveSuccessLimit=3", "ss", Running },
        { "interval consecutiveSuccessLimit=3", "sss", Successful },
        { "interval failureLimit=2 consecutiveSuccessLimit=2", "sfss", Successful },
        { "interval failureLimit=2 consecutiveSuccessLimit=2", "sfsf", Running },
        { "count=4 interval failureLimit=2 consecutiveSuccessLimit=2", "sfsf", Inconclusive },
        { "count=4 interval failureLimit=-1 consecutiveSuccessLimit=2", "sfsf", Failed },
        { "interval consecutiveSuccessLimit=2", "ses", Running },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outcomes_come_to_what_Argo_Rollouts_makes_of_them(string limits, string outcomes, VerificationPhase phase)
    {
        var metric = Runs.Metric(limits);

        Assert.Equal(phase, Runs.After(metric, outcomes).ResultOf(metric.Name)!.Phase);
    }

    [Theory]
    [InlineData("interval", "ss", Successful)]
    [InlineData("interval failureLimit=2", "sff", Successful)]
    [InlineData("count=5 interval", "s", Successful)]
    public void What_is_stopped_within_its_limits_is_successful(string limits, string outcomes, VerificationPhase phase)
    {
        var metric = Runs.Metric(limits);
        var result = Runs.After(metric, outcomes).ResultOf(metric.Name)!;

        Assert.Equal(Running, MetricAssessment.Assess(metric, result, isTerminating: false));
        Assert.Equal(phase, MetricAssessment.Assess(metric, result, isTerminating: true));
    }

    [Theory]
    [InlineData("count=2 interval failureLimit=-1", "failureLimit and consecutiveSuccessLimit cannot both be disabled")]
    [InlineData("count=1 interval failureLimit=2", "count (1) must be at least failureLimit + consecutiveSuccessLimit (2 + 0)")]
    [InlineData("count=1 interval inconclusiveLimit=2", "count (1) must be at least inconclusiveLimit (2)")]
    [InlineData("count=1 interval failureLimit=-1 consecutiveSuccessLimit=2", "count (1) must be at least consecutiveSuccessLimit (2)")]
    [InlineData("count=2", "interval is required when count is more than 1")]
    [InlineData("count=2 interval", null)]
    public void Limits_that_can_t_be_are_named(string limits, string? rule) => Assert.Equal(rule, MetricRules.Broken(Runs.Metric(limits)));
}
