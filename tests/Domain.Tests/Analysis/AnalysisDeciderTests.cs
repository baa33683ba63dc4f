using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;

namespace Waybill.Domain.Tests.Analysis;

public sealed class AnalysisDeciderTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(5);

    /// <summary>What was measured at the start, and after how many seconds the next measurement is due; null when none is.</summary>
    [Theory]
    [InlineData("count=2 interval", "s", 60.0)]
    [InlineData("count=2 interval failureLimit=1", "f", 60.0)]
    [InlineData("count=2 interval", "e", 10.0)]
    [InlineData("", "e", 10.0)]
    [InlineData("", ".", 1.0)]
    [InlineData("", "s", null)]
    [InlineData("interval", "s", 60.0)]
    public void The_next_measurement_is_due_when_Argo_Rollouts_takes_it(string limits, string outcomes, double? seconds)
    {
        var metric = Runs.Metric(limits);
        var run = Runs.After(metric, outcomes);

        Assert.Equal(seconds is { } s ? Runs.Start.AddSeconds(s) : null, AnalysisDecider.DueAt(metric, run));
    }

    [Fact]
    public void An_initial_delay_is_waited_for()
    {
        var (metric, run) = (Runs.Metric(initialDelay: Delay), Runs.New());

        Assert.Empty(AnalysisDecider.Due([metric], run, Runs.Start + Delay - TimeSpan.FromSeconds(1)));
        Assert.Single(AnalysisDecider.Due([metric], run, Runs.Start + Delay));
        Assert.Equal(Runs.Start + Delay, AnalysisDecider.NextAt([metric], run));
    }

    [Fact]
    public void A_known_end_leaves_nothing_to_wait_for()
    {
        var metric = Runs.Metric(initialDelay: Delay);

        Assert.Single(AnalysisDecider.Due([metric], Runs.New(isEndKnown: true), Runs.Start));
        Assert.Equal(VerificationPhase.Successful, Runs.New(isEndKnown: true).Take([metric], 's', Runs.Start).Phase);
    }

    [Theory]
    [InlineData('f', VerificationPhase.Failed)]
    [InlineData('i', VerificationPhase.Inconclusive)]
    public void What_is_measured_too_early_counts_only_when_it_is_good(char outcome, VerificationPhase literal)
    {
        var metric = Runs.Metric(initialDelay: Delay);
        var (run, now, looks) = (Runs.New(isEndKnown: true), Runs.Start, 0);

        while (AnalysisDecider.NextAt([metric], run) is var next && next < Runs.Start + Delay)
        {
            now = next > now ? next : now;
            run = run.Take([metric], outcome, now);
            looks++;
            Assert.Equal((VerificationPhase.Running, true, 1), (run.Phase, run.Results[0].Last!.IsEarly, run.Results[0].Measurements.Count));
        }

        Assert.InRange(looks, 10, 60);
        Assert.Equal(Runs.Start + Delay, AnalysisDecider.NextAt([metric], run));
        Assert.Equal(literal, run.Take([metric], outcome, Runs.Start + Delay).Phase);
        Assert.Equal(VerificationPhase.Successful, run.Take([metric], 's', now.AddSeconds(1)).Phase);
    }

    [Fact]
    public void Errors_before_the_delay_is_over_are_not_held_against_it()
    {
        var metric = Runs.Metric("consecutiveErrorLimit=0", initialDelay: Delay);

        var run = Runs.New(isEndKnown: true).Take([metric], 'e', Runs.Start);

        Assert.Equal((VerificationPhase.Running, 0), (run.Phase, run.Results[0].Errors));
    }

    [Fact]
    public void The_worst_metric_decides_and_the_others_are_stopped()
    {
        MetricSpec[] metrics = [Runs.Metric(name: "bad"), Runs.Metric("interval", name: "endless"), Runs.Metric(name: "job")];
        var run = Runs.New().Take(metrics, 's', Runs.Start, "endless").Take(metrics, '.', Runs.Start, "job");

        var ended = run.Take(metrics, 'f', Runs.Start.AddSeconds(1), "bad");

        Assert.Equal(VerificationPhase.Failed, ended.Phase);
        Assert.Equal("Metric bad is Failed: failed (1) > failureLimit (0). said f", ended.Message);
        Assert.All(ended.Results.Where(r => r.Name != "bad"), r => Assert.Equal(VerificationPhase.Successful, r.Phase));
        Assert.All(ended.Results, r => Assert.NotNull(r.Last!.FinishedAt));
        Assert.Empty(AnalysisDecider.Due(metrics, ended, Runs.Start.AddHours(1)));
    }

    [Theory]
    [InlineData("fi", VerificationPhase.Failed)]
    [InlineData("if", VerificationPhase.Failed)]
    [InlineData("is", VerificationPhase.Inconclusive)]
    [InlineData("ss", VerificationPhase.Successful)]
    public void The_worst_of_several_counts(string outcomes, VerificationPhase phase)
    {
        MetricSpec[] metrics = [Runs.Metric(name: "a"), Runs.Metric(name: "b")];

        var run = Runs.New().Record(
            metrics, new Dictionary<string, Measurement> { ["a"] = Runs.Measured(outcomes[0], Runs.Start), ["b"] = Runs.Measured(outcomes[1], Runs.Start) }, Runs.Start);

        Assert.Equal(phase, run.Phase);
    }

    [Fact]
    public void A_dry_run_decides_nothing()
    {
        MetricSpec[] metrics = [Runs.Metric("dryRun", name: "dry"), Runs.Metric(name: "real")];

        var run = Runs.New().Take(metrics, 'f', Runs.Start, "dry");
        var ended = run.Take(metrics, 's', Runs.Start, "real");

        Assert.Equal((VerificationPhase.Running, VerificationPhase.Successful), (run.Phase, ended.Phase));
    }

    [Theory]
    [InlineData("interval", "ss", VerificationPhase.Successful)]
    [InlineData("interval failureLimit=1", "fs", VerificationPhase.Successful)]
    [InlineData("interval", "e", VerificationPhase.Inconclusive)]
    [InlineData("count=9 interval", "s", VerificationPhase.Inconclusive)]
    public void At_the_deadline_what_has_no_count_is_judged_by_what_it_measured(string limits, string outcomes, VerificationPhase phase)
    {
        var metric = Runs.Metric(limits);
        var run = Runs.After(metric, outcomes);

        var ended = run.Record([metric], new Dictionary<string, Measurement>(), run.Deadline);

        Assert.Equal((phase, run.Deadline), (ended.Phase, ended.FinishedAt));
        Assert.Contains("1h", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_last_measurements_are_kept_and_all_are_counted()
    {
        var metric = Runs.Metric("interval") with { Retention = 3 };

        var result = Runs.After(metric, "ssssssss").Results[0];

        Assert.Equal((3, 8), (result.Measurements.Count, result.Successful));
    }

    [Fact]
    public void Many_metrics_share_the_room_that_a_record_has()
    {
        MetricSpec[] metrics = [.. Enumerable.Range(0, 20).Select(i => Runs.Metric("interval", name: $"m{i}") with { Retention = 200 })];
        var run = Runs.New();
        for (var i = 0; i < 15; i++)
        {
            run = run.Record(metrics, metrics.ToDictionary(m => m.Name, _ => Runs.Measured('s', Runs.Start)), Runs.Start);
        }

        Assert.Equal(AnalysisTransitions.MaxKept, run.Results.Sum(r => r.Measurements.Count));
    }

    [Theory]
    [InlineData("count", "{{args.n}}", "3", 3, null)]
    [InlineData("count", "{{args.n}}", "x", 0, "Metric m: count {{args.n}} is x, which is not a whole number it can be.")]
    [InlineData("failureLimit", "{{args.n}}", "-2", 0, "Metric m: failureLimit {{args.n}} is -2, which is not a whole number it can be.")]
    [InlineData("interval", "{{args.n}}s", "x", 0, "Metric m: interval {{args.n}}s is xs, which is not a duration such as 30s it can be.")]
    public void Numbers_and_durations_may_be_arguments(string field, string text, string value, int count, string? problem)
    {
        var metric = Runs.Metric("interval") with { Deferred = new Dictionary<string, string> { [field] = text } };

        var (resolved, said) = DeferredFields.Resolve(metric, [new AnalysisArgument("n", value)]);

        Assert.Equal((count, problem), (resolved.Count, said));
    }

    [Theory]
    [InlineData("a {{args.x}} b", "a 1 b")]
    [InlineData("{{ args.x }}{{args.x}}", "11")]
    [InlineData("{{args.y}} {{x}} {{args.x", "{{args.y}} {{x}} {{args.x")]
    [InlineData("}} {{", "}} {{")]
    public void Placeholders_are_replaced_by_what_they_name(string text, string replaced) =>
        Assert.Equal(replaced, Placeholders.Replace(text, name => name == "x" ? "1" : null));
}
