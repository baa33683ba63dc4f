using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using static Waybill.Domain.Tests.Given;

namespace Waybill.Domain.Tests.Promotions;

public sealed class PromotionTransitionsTests
{
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);

    [Fact]
    public void Beginning_starts_the_first_step_only()
    {
        var promotion = Promotion([.. Steps("one", "two")]).Begin(Noon);

        Assert.Equal((PromotionPhase.Running, Noon), (promotion.Phase, promotion.StartedAt));
        Assert.Equal([StepPhase.Running, StepPhase.Pending], promotion.StepStates.Select(s => s.Phase));
        Assert.Equal(0, promotion.CurrentStep);
    }

    [Theory]
    [InlineData(StepOutcome.Succeeded, StepPhase.Succeeded)]
    [InlineData(StepOutcome.Failed, StepPhase.Failed)]
    [InlineData(StepOutcome.Errored, StepPhase.Errored)]
    [InlineData(StepOutcome.Skipped, StepPhase.Skipped)]
    [InlineData(StepOutcome.Aborted, StepPhase.Aborted)]
    [InlineData(StepOutcome.TransientError, StepPhase.Errored)]
    public void An_outcome_that_ends_a_step_starts_the_next(StepOutcome outcome, StepPhase phase)
    {
        var promotion = Running("one", "two").RecordStep(0, new StepResult { Outcome = outcome, Message = "so" }, FiveMinutes, Noon.AddSeconds(3));

        Assert.Equal((phase, "so", Noon.AddSeconds(3)), (promotion.StepStates[0].Phase, promotion.StepStates[0].Message, promotion.StepStates[0].FinishedAt));
        Assert.Null(promotion.StepStates[0].Wait);
        Assert.Equal((StepPhase.Running, Noon.AddSeconds(3)), (promotion.StepStates[1].Phase, promotion.StepStates[1].StartedAt));
    }

    [Fact]
    public void A_hint_has_it_look_at_once_and_wait_as_if_it_had_just_begun()
    {
        var waiting = Running("one").RecordStep(0, StepResult.Waiting("soon"), FiveMinutes, Noon.AddMinutes(2));
        var hinted = waiting.Hint(Noon.AddMinutes(2));
        var later = hinted.RecordStep(0, StepResult.Waiting("soon"), FiveMinutes, Noon.AddMinutes(2));

        Assert.Equal(Noon.AddMinutes(2).AddSeconds(10), waiting.StepStates[0].Wait!.NextCheckAt);
        Assert.Equal((Noon.AddMinutes(2), waiting.StepStates[0].Wait!.Deadline), (hinted.StepStates[0].Wait!.NextCheckAt, hinted.StepStates[0].Wait!.Deadline));
        Assert.Equal(Noon.AddMinutes(2).AddSeconds(1), later.StepStates[0].Wait!.NextCheckAt);
    }

    [Fact]
    public void A_hint_reaches_a_verification_too_and_means_nothing_to_a_step_that_does_not_wait()
    {
        var verifying = Succeeded().RecordVerification(VerificationPhase.Pending, "not yet", Noon.AddMinutes(2));
        var running = Running("one");

        var hinted = verifying.Hint(Noon.AddMinutes(3));

        Assert.Equal(Noon.AddMinutes(3), hinted.Verification!.NextCheckAt);
        Assert.Equal(Noon.AddMinutes(4).AddSeconds(6), hinted.RecordVerification(VerificationPhase.Pending, "not yet", Noon.AddMinutes(4)).Verification!.NextCheckAt);
        Assert.Same(running, running.Hint(Noon));
    }

    [Fact]
    public void News_of_a_Stack_s_run_replace_what_was_known_of_it()
    {
        StackRun Run(string stack, string note) => new() { Stack = new("default", "apps", stack), Type = "up", Confirmation = RunConfirmation.Unconfirmed, Note = note };
        var before = Running("one").RecordRuns([Run("dev", "old"), Run("dev2", "kept")]);

        var after = before.RecordStep(0, StepResult.Waiting("soon") with { Runs = [Run("dev", "new")] }, FiveMinutes, Noon);

        Assert.Equal(["kept", "new"], after.Runs.Select(r => r.Note));
    }

    [Fact]
    public void A_wait_keeps_the_deadline_that_was_set_first()
    {
        var first = Running("one").RecordStep(0, StepResult.Waiting("a"), FiveMinutes, Noon.AddSeconds(10));
        var second = first.RecordStep(0, StepResult.Waiting("b"), TimeSpan.FromDays(1), Noon.AddSeconds(100));

        Assert.Equal(new StepWait(Noon.AddSeconds(11), Noon + FiveMinutes, Noon.AddSeconds(10)), first.StepStates[0].Wait);
        Assert.Equal(new StepWait(Noon.AddSeconds(110), Noon + FiveMinutes, Noon.AddSeconds(100)), second.StepStates[0].Wait);
    }

    [Fact]
    public void The_manifest_s_timeout_comes_before_the_step_s_own()
    {
        var promotion = Running(new PromotionStep { Uses = "http", As = "one", Retry = new(TimeSpan.FromSeconds(20), 1) })
            .RecordStep(0, StepResult.Waiting(""), FiveMinutes, Noon);

        Assert.Equal(Noon.AddSeconds(20), promotion.StepStates[0].Wait!.Deadline);
    }

    [Theory]
    [InlineData(StepOutcome.Waiting)]
    [InlineData(StepOutcome.TransientError)]
    public void At_the_deadline_a_step_gives_up_and_says_what_it_saw_last(StepOutcome outcome)
    {
        var promotion = Running("one").RecordStep(0, new StepResult { Outcome = outcome, Message = "HTTP 503." }, FiveMinutes, Noon + FiveMinutes);

        Assert.Equal(StepPhase.Errored, promotion.StepStates[0].Phase);
        Assert.Equal("Gave up after 5m, last seen: HTTP 503.", promotion.StepStates[0].Message);
    }

    [Fact]
    public void What_is_done_at_the_deadline_counts()
    {
        var promotion = Running("one").RecordStep(0, StepResult.Succeeded(), FiveMinutes, Noon.AddDays(1));

        Assert.Equal(StepPhase.Succeeded, promotion.StepStates[0].Phase);
    }

    [Fact]
    public void Errors_in_a_row_end_a_step_at_its_threshold()
    {
        var step = new PromotionStep { Uses = "http", As = "one", Retry = new(null, 3) };
        var once = Running(step).RecordStep(0, StepResult.TransientError("a"), FiveMinutes, Noon);
        var twice = once.RecordStep(0, StepResult.TransientError("b"), FiveMinutes, Noon);
        var thrice = twice.RecordStep(0, StepResult.TransientError("c"), FiveMinutes, Noon);

        Assert.Equal((1, Noon.AddSeconds(1)), (once.StepStates[0].ErrorCount, once.StepStates[0].Wait!.NextCheckAt));
        Assert.Equal((2, Noon.AddSeconds(2)), (twice.StepStates[0].ErrorCount, twice.StepStates[0].Wait!.NextCheckAt));
        Assert.Equal((3, StepPhase.Errored, "c"), (thrice.StepStates[0].ErrorCount, thrice.StepStates[0].Phase, thrice.StepStates[0].Message));
    }

    [Fact]
    public void A_look_that_works_ends_the_row_of_errors()
    {
        var step = new PromotionStep { Uses = "http", As = "one", Retry = new(null, 2) };
        var promotion = Running(step)
            .RecordStep(0, StepResult.TransientError("a"), FiveMinutes, Noon)
            .RecordStep(0, StepResult.Waiting("b"), FiveMinutes, Noon)
            .RecordStep(0, StepResult.TransientError("c"), FiveMinutes, Noon);

        Assert.Equal((1, StepPhase.Running), (promotion.StepStates[0].ErrorCount, promotion.StepStates[0].Phase));
    }

    [Fact]
    public void Output_and_memory_stay_until_they_are_replaced()
    {
        var promotion = Running("one")
            .RecordStep(0, StepResult.Waiting("", new JsonObject { ["n"] = 1 }), FiveMinutes, Noon)
            .RecordStep(0, StepResult.Waiting(""), FiveMinutes, Noon)
            .RecordStep(0, StepResult.Failed("no", new JsonObject { ["seen"] = true }), FiveMinutes, Noon);

        Assert.Equal(1, (int)promotion.StepStates[0].Memory!["n"]!);
        Assert.True((bool)promotion.StepStates[0].Output!["seen"]!);
    }

    [Fact]
    public void A_later_health_check_of_a_Stack_replaces_the_earlier()
    {
        var (one, two) = (new Domain.Stacks.StackReference("c", "ns", "one"), new Domain.Stacks.StackReference("c", "ns", "two"));
        var promotion = Running("a", "b")
            .RecordStep(0, StepResult.Succeeded() with { HealthChecks = [new StackHealthCheck(one, "1", "preview"), new StackHealthCheck(two, "1", "up")] }, FiveMinutes, Noon)
            .RecordStep(1, StepResult.Succeeded() with { HealthChecks = [new StackHealthCheck(one, "1", "up")] }, FiveMinutes, Noon);

        Assert.Equal([new StackHealthCheck(two, "1", "up"), new StackHealthCheck(one, "1", "up")], promotion.HealthChecks);
    }

    [Theory]
    [InlineData(PromotionPhase.Succeeded, "", StepOutcome.Succeeded, StepOutcome.Skipped)]
    [InlineData(PromotionPhase.Failed, "Step b: no", StepOutcome.Succeeded, StepOutcome.Failed)]
    [InlineData(PromotionPhase.Errored, "Step b: no", StepOutcome.Failed, StepOutcome.Errored)]
    [InlineData(PromotionPhase.Errored, "Step a: no", StepOutcome.Errored, StepOutcome.Failed)]
    [InlineData(PromotionPhase.Failed, "Step b: no", StepOutcome.Aborted, StepOutcome.Failed)]
    [InlineData(PromotionPhase.Aborted, "Step a: no", StepOutcome.Aborted, StepOutcome.Succeeded)]
    public void The_worst_step_is_the_verdict(PromotionPhase phase, string message, StepOutcome first, StepOutcome second)
    {
        var promotion = Running("a", "b")
            .RecordStep(0, new StepResult { Outcome = first, Message = "no" }, FiveMinutes, Noon)
            .RecordStep(1, new StepResult { Outcome = second, Message = "no" }, FiveMinutes, Noon)
            .Finish(Noon);

        Assert.Equal((phase, message), (promotion.Phase, promotion.Message));
        Assert.Equal(phase is PromotionPhase.Succeeded, promotion.Verification is not null);
    }

    [Fact]
    public void A_failure_that_may_be_ignored_is()
    {
        var promotion = Running(new PromotionStep { Uses = "http", As = "a", ContinueOnError = true }, Steps("b")[0])
            .RecordStep(0, StepResult.Errored("no"), FiveMinutes, Noon);

        Assert.Equal(StepPhase.Succeeded, promotion.WorstStepPhase);
        Assert.Equal(PromotionPhase.Succeeded, promotion.RecordStep(1, StepResult.Succeeded(), FiveMinutes, Noon).Finish(Noon).Phase);
    }

    [Fact]
    public void An_abort_stops_what_runs_and_skips_what_was_not_reached()
    {
        var promotion = Running("a", "b", "c")
            .RecordStep(0, StepResult.Succeeded(), FiveMinutes, Noon)
            .RecordStep(1, StepResult.Waiting("x"), FiveMinutes, Noon)
            .RequestAbort("bob", "wrong one", Noon)
            .Finish(Noon.AddSeconds(1));

        Assert.Equal((PromotionPhase.Aborted, "Aborted by bob: wrong one"), (promotion.Phase, promotion.Message));
        Assert.Equal([StepPhase.Succeeded, StepPhase.Aborted, StepPhase.Skipped], promotion.StepStates.Select(s => s.Phase));
        Assert.All(promotion.StepStates, s => Assert.Null(s.Wait));
        Assert.True(promotion.IsSettled);
    }

    [Fact]
    public void What_never_began_can_be_aborted_too()
    {
        var promotion = Promotion([.. Steps("a")]).RequestAbort("bob", "", Noon).Finish(Noon);

        Assert.Equal((PromotionPhase.Aborted, "Aborted by bob."), (promotion.Phase, promotion.Message));
        Assert.Equal(StepPhase.Skipped, Assert.Single(promotion.StepStates).Phase);
    }

    [Fact]
    public void The_first_wish_to_abort_is_the_one_that_is_kept()
    {
        var promotion = Running("a").RequestAbort("bob", "first", Noon).RequestAbort("eve", "second", Noon.AddSeconds(1));

        Assert.Equal(new AbortRequest("bob", Noon, "first"), promotion.Abort);
    }

    [Fact]
    public void Verification_begins_at_once_and_has_a_deadline()
    {
        var promotion = Succeeded();

        Assert.Equal((Noon, Noon.AddMinutes(10)), (promotion.Verification!.NextCheckAt, promotion.Verification.Deadline));
        Assert.False(promotion.IsSettled);
    }

    [Theory]
    [InlineData(VerificationPhase.Pending, false)]
    [InlineData(VerificationPhase.Running, false)]
    [InlineData(VerificationPhase.Successful, true)]
    [InlineData(VerificationPhase.Failed, true)]
    [InlineData(VerificationPhase.Error, true)]
    [InlineData(VerificationPhase.Aborted, true)]
    [InlineData(VerificationPhase.Inconclusive, true)]
    public void A_promotion_lets_go_when_its_verification_is_over(VerificationPhase phase, bool isSettled)
    {
        var promotion = Succeeded().RecordVerification(phase, "seen", Noon.AddSeconds(30));

        Assert.Equal(isSettled, promotion.IsSettled);
        Assert.Equal(isSettled ? Noon.AddSeconds(30) : null, promotion.Verification!.FinishedAt);
        Assert.Equal(Noon.AddSeconds(33), promotion.Verification.NextCheckAt);
    }

    private static Promotion Running(params string[] names) => Running([.. Steps(names)]);

    private static Promotion Running(params PromotionStep[] steps) => Promotion(steps).Begin(Noon);

    private static Promotion Succeeded() => Running("a").RecordStep(0, StepResult.Succeeded(), FiveMinutes, Noon).Finish(Noon);
}
