using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;

namespace Waybill.Domain.Promotions;

/// <summary>Every change a promotion's record can undergo.</summary>
public static class PromotionTransitions
{
    /// <summary>The promotion got its stage: it runs, and its first step is under way.</summary>
    public static Promotion Begin(this Promotion promotion, DateTimeOffset now) => (promotion with
    {
        Phase = PromotionPhase.Running,
        StartedAt = now,
        Message = "",
        StepStates = [.. promotion.Steps.Select(_ => new StepState())],
    }).StartCurrentStep(now);

    /// <summary>A person wants it stopped; the driver finishes it.</summary>
    public static Promotion RequestAbort(this Promotion promotion, string actor, string reason, DateTimeOffset now) =>
        promotion with { Abort = promotion.Abort ?? new AbortRequest(actor, now, reason) };

    /// <summary>A step was run and came to something. When that ended it, the next step is under way.</summary>
    public static Promotion RecordStep(this Promotion promotion, int index, StepResult result, TimeSpan defaultTimeout, DateTimeOffset now)
    {
        var step = Apply(promotion, index, result, defaultTimeout, now);
        var changed = promotion with
        {
            StepStates = promotion.StepStates.Replace(index, step),
            HealthChecks = Merge(promotion.HealthChecks, result.HealthChecks),
            Runs = promotion.Runs.With(result.Runs),
            WorkTree = result.WorkTree ?? promotion.WorkTree,
        };

        return step.Phase.IsTerminal() ? changed.StartCurrentStep(now) : changed;
    }

    /// <summary>What the step under way waits for has happened: it is due now.</summary>
    public static Promotion Hurry(this Promotion promotion, DateTimeOffset now) =>
        promotion.CurrentStep < promotion.StepStates.Count && promotion.StepStates[promotion.CurrentStep] is { Wait: { } wait } step
            ? promotion with
            {
                StepStates = promotion.StepStates.Replace(promotion.CurrentStep, step with { Wait = wait with { NextCheckAt = now } }),
            }
            : promotion;

    /// <summary>People answered the approval that a step waits for.</summary>
    public static Promotion RecordApproval(this Promotion promotion, int index, ApprovalGate gate) => promotion with
    {
        StepStates = promotion.StepStates.Replace(index, promotion.StepStates[index] with { Approval = gate }),
    };

    /// <summary>What became of runs that something else than a step looked at.</summary>
    public static Promotion RecordRuns(this Promotion promotion, IReadOnlyList<StackRun> runs) => promotion with { Runs = promotion.Runs.With(runs) };

    /// <summary>Somebody says that what it waits for may be over: it looks at once, and then as often as if it had just begun to wait.</summary>
    public static Promotion Hint(this Promotion promotion, DateTimeOffset now)
    {
        if (promotion is { IsTerminal: true, Verification: { } verification })
        {
            return promotion with { Verification = verification with { NextCheckAt = now, HintedAt = now } };
        }

        var index = promotion.CurrentStep;
        return index < promotion.StepStates.Count && promotion.StepStates[index] is { Wait: { } wait } step
            ? promotion with
            {
                StepStates = promotion.StepStates.Replace(index, step with { Wait = wait with { NextCheckAt = now, HintedAt = now } }),
            }
            : promotion;
    }

    /// <summary>It can't be got on with, whatever its steps would say: the step under way errored, no other is reached, and it is over.</summary>
    public static Promotion GiveUp(this Promotion promotion, string reason, DateTimeOffset now)
    {
        var current = promotion.CurrentStep;
        return promotion with
        {
            Phase = PromotionPhase.Errored,
            Message = reason,
            FinishedAt = now,
            StepStates =
            [
                .. promotion.StepStates.Select((s, i) => s.Phase switch
                {
                    _ when i == current => End(s with { Message = reason }, StepPhase.Errored, now),
                    StepPhase.Pending => End(s with { Message = "Not reached." }, StepPhase.Skipped, now),
                    _ => s,
                }),
            ],
        };
    }

    /// <summary>Says how it ended. After success its verification begins.</summary>
    public static Promotion Finish(this Promotion promotion, DateTimeOffset now)
    {
        var finished = promotion.Abort is { } abort ? promotion.StopSteps(abort, now) : promotion;
        var (phase, message) = finished.Verdict();
        return finished with
        {
            Phase = phase,
            Message = message,
            FinishedAt = now,
            Verification = phase is PromotionPhase.Succeeded
                ? new Verification { StartedAt = now, Deadline = now + promotion.HealthTimeout, NextCheckAt = now }
                : null,
        };
    }

    private static StepState Apply(Promotion promotion, int index, StepResult result, TimeSpan defaultTimeout, DateTimeOffset now)
    {
        var before = promotion.StepStates[index];
        var step = before with
        {
            Message = result.Message,
            Output = result.Output ?? before.Output,
            Memory = result.Memory ?? before.Memory,
            Approval = result.Approval ?? before.Approval,
        };
        var startedAt = before.StartedAt ?? now;
        var deadline = result.Deadline ?? before.Wait?.Deadline ?? startedAt + (promotion.Steps[index].Retry.Timeout ?? defaultTimeout);

        return result.Outcome switch
        {
            StepOutcome.Succeeded => End(step, StepPhase.Succeeded, now),
            StepOutcome.Skipped => End(step, StepPhase.Skipped, now),
            StepOutcome.Failed => End(step, StepPhase.Failed, now),
            StepOutcome.Errored => End(step, StepPhase.Errored, now),
            StepOutcome.Aborted => End(step, StepPhase.Aborted, now),
            _ when now >= deadline => End(
                step with { Message = $"Gave up after {GoDuration.Format(now - startedAt)}, last seen: {result.Message}" }, StepPhase.Errored, now),
            StepOutcome.Waiting => step with
            {
                ErrorCount = 0,
                Wait = new StepWait(result.NextCheckAt ?? now + PollSchedule.After(now - (before.Wait?.HintedAt ?? startedAt)), deadline, now)
                {
                    HintedAt = before.Wait?.HintedAt,
                },
            },
            _ when before.ErrorCount + 1 >= promotion.Steps[index].Retry.ErrorThreshold =>
                End(step with { ErrorCount = before.ErrorCount + 1 }, StepPhase.Errored, now),
            _ => step with
            {
                ErrorCount = before.ErrorCount + 1,
                Wait = new StepWait(now + PollSchedule.AfterErrors(before.ErrorCount + 1), deadline, now),
            },
        };
    }

    private static StepState End(StepState step, StepPhase phase, DateTimeOffset now) =>
        step with { Phase = phase, FinishedAt = now, Wait = null };

    private static Promotion StartCurrentStep(this Promotion promotion, DateTimeOffset now)
    {
        var index = promotion.CurrentStep;
        return index == promotion.Steps.Count
            ? promotion
            : promotion with
            {
                StepStates = promotion.StepStates.Replace(index, promotion.StepStates[index] with { Phase = StepPhase.Running, StartedAt = now }),
            };
    }

    private static Promotion StopSteps(this Promotion promotion, AbortRequest abort, DateTimeOffset now) => promotion with
    {
        StepStates =
        [
            .. promotion.StepStates.Select(s => s.Phase switch
            {
                StepPhase.Running => End(s with { Message = $"Aborted by {abort.Actor}." }, StepPhase.Aborted, now),
                StepPhase.Pending => End(s with { Message = "Not reached." }, StepPhase.Skipped, now),
                _ => s,
            }),
        ],
    };

    private static (PromotionPhase Phase, string Message) Verdict(this Promotion promotion)
    {
        if (promotion.Abort is { } abort)
        {
            return (PromotionPhase.Aborted, $"Aborted by {abort.Actor}{(abort.Reason.Length > 0 ? $": {abort.Reason}" : ".")}");
        }

        var worst = promotion.WorstStepPhase;
        var index = worst.IsUnsuccessful()
            ? Enumerable.Range(0, promotion.Steps.Count).First(i => !promotion.Steps[i].ContinueOnError && promotion.StepStates[i].Phase == worst)
            : -1;
        var message = index < 0 ? "" : $"Step {promotion.Steps[index].As}: {promotion.StepStates[index].Message}";
        return worst switch
        {
            StepPhase.Errored => (PromotionPhase.Errored, message),
            StepPhase.Failed => (PromotionPhase.Failed, message),
            StepPhase.Aborted => (PromotionPhase.Aborted, message),
            _ => (PromotionPhase.Succeeded, ""),
        };
    }

    private static IReadOnlyList<HealthCheck> Merge(IReadOnlyList<HealthCheck> before, IReadOnlyList<HealthCheck> added) =>
        added.Count == 0 ? before : [.. before.Where(b => !added.Any(a => a.Subject == b.Subject)), .. added];

    private static IReadOnlyList<StackRun> With(this IReadOnlyList<StackRun> before, IReadOnlyList<StackRun> added) =>
        added.Count == 0 ? before : [.. before.Where(b => !added.Any(a => a.Stack == b.Stack)), .. added];

    private static IReadOnlyList<T> Replace<T>(this IReadOnlyList<T> list, int index, T item) =>
        [.. list.Select((existing, i) => i == index ? item : existing)];
}
