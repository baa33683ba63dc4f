using Waybill.Domain.Analysis;
using Waybill.Domain.Pipelines;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Domain.WorkTrees;

namespace Waybill.Domain.Promotions;

/// <summary>
/// The act of putting freight into a stage, as data: the steps frozen when it was created and how far each has come.
/// <see cref="PromotionDecider"/> says what to do next; <see cref="PromotionTransitions"/> makes the changes.
/// </summary>
public sealed record Promotion
{
    /// <summary>The <see cref="Actor"/> of promotions that no person asked for.</summary>
    public const string AutomaticActor = "auto-promotion";

    public required string Project { get; init; }

    /// <summary>See <see cref="PromotionName"/>.</summary>
    public required string Name { get; init; }

    public required string Stage { get; init; }

    /// <summary>The freight that is promoted.</summary>
    public required FreightReference Freight { get; init; }

    /// <summary>Everything the stage will hold afterwards, by origin: <see cref="Freight"/> and what it carries forward.</summary>
    public required IReadOnlyDictionary<string, FreightReference> Collection { get; init; }

    /// <summary>Who asked for it: a person, or <c>auto-promotion</c>.</summary>
    public required string Actor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public PromotionPhase Phase { get; init; } = PromotionPhase.Pending;

    /// <summary>Why it is in this phase, as a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>The promotion that this one repeats; null when it is nobody's retry.</summary>
    public string? RetryOf { get; init; }

    /// <summary>The trace that it belongs to, as W3C's <c>traceparent</c>; null when nobody traced its creation.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The stage's variables as they were at creation.</summary>
    public IReadOnlyList<Variable> Vars { get; init; } = [];

    public IReadOnlyList<PromotionStep> Steps { get; init; } = [];

    /// <summary>One for each of <see cref="Steps"/>, in their order.</summary>
    public IReadOnlyList<StepState> StepStates { get; init; } = [];

    /// <summary>A person's wish to stop it; null when nobody wished.</summary>
    public AbortRequest? Abort { get; init; }

    /// <summary>What its steps said to look at to judge the stage's health.</summary>
    public IReadOnlyList<HealthCheck> HealthChecks { get; init; } = [];

    /// <summary>What its runs did, Stack by Stack, as Pulumi Cloud recorded them; empty where there is no Pulumi Cloud to ask.</summary>
    public IReadOnlyList<StackRun> Runs { get; init; } = [];

    /// <summary>The files that its steps checked out and changed.</summary>
    public WorkTree WorkTree { get; init; } = WorkTree.Empty;

    /// <summary>What to measure once the stage is healthy, as it was at creation; null when health is enough.</summary>
    public AnalysisPlan? Analysis { get; init; }

    /// <summary>How long the stage has to become healthy and verified afterwards.</summary>
    public TimeSpan? VerificationTimeout { get; init; }

    /// <summary>
    /// The same with what holds when the stage does not say: a stage that waited for its Stacks is mostly healthy at once; what was
    /// pushed to Git has yet to be applied and run.
    /// </summary>
    public TimeSpan HealthTimeout => VerificationTimeout ?? (IsThroughGit ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(10));

    /// <summary>Whether some of it reaches its Stacks through Git.</summary>
    public bool IsThroughGit => HealthChecks.Any(c => c is StackHealthCheck { ArrivesThroughGit: true });

    /// <summary>The verification after it succeeded; null until then.</summary>
    public Verification? Verification { get; init; }

    public bool IsTerminal => Phase.IsTerminal();

    public bool IsAutomatic => Actor == AutomaticActor;

    /// <summary>Whether it has let go of its stage: over, and verified or not going to be.</summary>
    public bool IsSettled => IsTerminal && (Phase is not PromotionPhase.Succeeded || Verification is { Phase: var phase } && phase.IsTerminal());

    /// <summary>The index of the step under way; the number of steps when all are over.</summary>
    public int CurrentStep
    {
        get
        {
            var index = 0;
            while (index < StepStates.Count && StepStates[index].Phase.IsTerminal())
            {
                index++;
            }

            return index;
        }
    }

    /// <summary>The worst phase among the steps that count: what <c>success()</c> and <c>failure()</c> ask about.</summary>
    public StepPhase WorstStepPhase
    {
        get
        {
            var worst = StepPhase.Succeeded;
            for (var i = 0; i < Steps.Count; i++)
            {
                if (!Steps[i].ContinueOnError && Severity(StepStates[i].Phase) > Severity(worst))
                {
                    worst = StepStates[i].Phase;
                }
            }

            return worst;
        }
    }

    private static int Severity(StepPhase phase) => phase switch
    {
        StepPhase.Errored => 3,
        StepPhase.Failed => 2,
        StepPhase.Aborted => 1,
        _ => 0,
    };
}

/// <summary>A person's wish to stop a promotion.</summary>
public sealed record AbortRequest(string Actor, DateTimeOffset At, string Reason);
