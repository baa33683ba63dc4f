using Waybill.Domain.Promotions;
using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stages;
using Waybill.Engine.Queries;

namespace Waybill.Web.Pages;

/// <summary>How something looks: good, under way, waiting for people, doubtful, bad, or nothing special.</summary>
public enum Tone
{
    Idle,
    Good,
    Busy,
    Waiting,
    Doubtful,
    Bad,
}

/// <summary>The tones and words of phases.</summary>
internal static class Tones
{
    public static Tone Of(StagePhase phase) => phase switch
    {
        StagePhase.Ready => Tone.Good,
        StagePhase.Promoting or StagePhase.Verifying => Tone.Busy,
        StagePhase.AwaitingApproval => Tone.Waiting,
        StagePhase.Failed => Tone.Bad,
        _ => Tone.Idle,
    };

    public static Tone Of(PromotionPhase phase) => phase switch
    {
        PromotionPhase.Succeeded => Tone.Good,
        PromotionPhase.Running => Tone.Busy,
        PromotionPhase.Failed or PromotionPhase.Errored => Tone.Bad,
        PromotionPhase.Aborted => Tone.Doubtful,
        _ => Tone.Idle,
    };

    public static Tone Of(StepPhase phase, bool awaitsApproval) => phase switch
    {
        StepPhase.Succeeded => Tone.Good,
        StepPhase.Running => awaitsApproval ? Tone.Waiting : Tone.Busy,
        StepPhase.Failed or StepPhase.Errored => Tone.Bad,
        StepPhase.Aborted => Tone.Doubtful,
        _ => Tone.Idle,
    };

    public static Tone Of(VerificationPhase phase) => phase switch
    {
        VerificationPhase.Successful => Tone.Good,
        VerificationPhase.Pending or VerificationPhase.Running => Tone.Busy,
        VerificationPhase.Failed or VerificationPhase.Error => Tone.Bad,
        _ => Tone.Doubtful,
    };

    public static Tone Of(RunConfirmation confirmation) => confirmation switch
    {
        RunConfirmation.Confirmed => Tone.Good,
        RunConfirmation.Disagrees => Tone.Bad,
        _ => Tone.Idle,
    };

    public static Tone Of(HealthState health) => health switch
    {
        HealthState.Healthy => Tone.Good,
        HealthState.Progressing => Tone.Busy,
        HealthState.Unhealthy => Tone.Bad,
        HealthState.Unknown => Tone.Doubtful,
        _ => Tone.Idle,
    };

    public static string Words(StagePhase phase) => phase switch
    {
        StagePhase.AwaitingApproval => "Waits for approval",
        StagePhase.ControlFlow => "Passes freight on",
        _ => phase.ToString(),
    };

    public static string Words(HealthState health) => health is HealthState.NotApplicable ? "Nothing to judge" : health.ToString();
}
