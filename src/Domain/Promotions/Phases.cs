namespace Waybill.Domain.Promotions;

/// <summary>Where a promotion stands.</summary>
public enum PromotionPhase
{
    /// <summary>Waits in its stage's queue.</summary>
    Pending,
    Running,
    Succeeded,

    /// <summary>The thing did not work.</summary>
    Failed,

    /// <summary>Waybill could not tell, or could not do it.</summary>
    Errored,

    /// <summary>A person stopped it.</summary>
    Aborted,
}

/// <summary>Where a step of a promotion stands.</summary>
public enum StepPhase
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Errored,
    Aborted,

    /// <summary>Its condition said no.</summary>
    Skipped,
}

/// <summary>Where the verification after a promotion stands.</summary>
public enum VerificationPhase
{
    /// <summary>Waits for the stage to become healthy.</summary>
    Pending,

    /// <summary>Measures.</summary>
    Running,
    Successful,
    Failed,

    /// <summary>Could not be carried out.</summary>
    Error,
    Aborted,

    /// <summary>Neither success nor failure could be shown, or the stage was not healthy in time.</summary>
    Inconclusive,
}

/// <summary>Predicates over the phases.</summary>
public static class Phases
{
    public static bool IsTerminal(this PromotionPhase phase) => phase is not (PromotionPhase.Pending or PromotionPhase.Running);

    public static bool IsTerminal(this StepPhase phase) => phase is not (StepPhase.Pending or StepPhase.Running);

    public static bool IsTerminal(this VerificationPhase phase) => phase is not (VerificationPhase.Pending or VerificationPhase.Running);

    /// <summary>Whether a step ended in a way that fails the promotion unless it may be ignored.</summary>
    public static bool IsUnsuccessful(this StepPhase phase) => phase is StepPhase.Failed or StepPhase.Errored or StepPhase.Aborted;
}
