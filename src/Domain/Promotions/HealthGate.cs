using Waybill.Domain.Stages;

namespace Waybill.Domain.Promotions;

/// <summary>What a look at the stage's health means for the verification after a promotion.</summary>
public static class HealthGate
{
    /// <summary>
    /// Successful when the stage is healthy, whatever else is then to be measured. A run that failed for good ends it at once where
    /// only the stage's health tells of it; what is otherwise broken may heal, but keeps nobody waiting.
    /// </summary>
    /// <param name="promotion">The promotion.</param>
    /// <param name="health">What was seen.</param>
    /// <param name="isQueued">Whether another promotion, which may mend it, waits for the stage.</param>
    /// <param name="now">The time.</param>
    public static (VerificationPhase Phase, string Message) Judge(Promotion promotion, StageHealth health, bool isQueued, DateTimeOffset now)
    {
        var deadline = promotion.Verification!.Deadline;
        var issues = string.Join(" ", health.Issues);
        return health.State switch
        {
            HealthState.Healthy or HealthState.NotApplicable => (VerificationPhase.Successful, ""),
            HealthState.Unhealthy when health.HasFailedRun && (promotion.Analysis is not null || promotion.IsThroughGit) => (VerificationPhase.Failed, issues),
            _ when now >= deadline => (VerificationPhase.Inconclusive, $"Not healthy by {deadline:u}: {health.State}. {issues}"),
            HealthState.Unhealthy when isQueued => (VerificationPhase.Failed, issues),
            _ => (VerificationPhase.Pending, $"Waits for the stage to become healthy: {health.State}. {issues}"),
        };
    }
}
