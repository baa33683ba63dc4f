using Waybill.Domain.Promotions;

namespace Waybill.Domain.Analysis;

/// <summary>What a metric's measurements come to, by Argo Rollouts' rules (<c>analysis/analysis.go</c>).</summary>
public static class MetricAssessment
{
    /// <param name="metric">The metric.</param>
    /// <param name="result">What was measured so far.</param>
    /// <param name="isTerminating">Whether no more measurements are taken.</param>
    public static VerificationPhase Assess(MetricSpec metric, MetricResult result, bool isTerminating)
    {
        if (result.Phase.IsTerminal())
        {
            return result.Phase;
        }

        if (result.Last is { FinishedAt: null })
        {
            return VerificationPhase.Running;
        }

        if (BreachedLimit(metric, result) is { } breached)
        {
            return breached.Phase;
        }

        if (metric.ConsecutiveSuccessLimit > 0 && result.ConsecutiveSuccesses >= metric.ConsecutiveSuccessLimit)
        {
            return VerificationPhase.Successful;
        }

        if (metric.EffectiveCount is { } count && result.Count >= count)
        {
            return AtFullCount(metric);
        }

        return isTerminating ? VerificationPhase.Successful : VerificationPhase.Running;
    }

    /// <summary>The limit that the measurements went beyond, the gravest if several; null when they kept within all.</summary>
    public static (VerificationPhase Phase, string Message)? BreachedLimit(MetricSpec metric, MetricResult result)
    {
        if (result.ConsecutiveErrors > metric.ConsecutiveErrorLimit)
        {
            return (VerificationPhase.Error, $"consecutiveErrors ({result.ConsecutiveErrors}) > consecutiveErrorLimit ({metric.ConsecutiveErrorLimit})");
        }

        if (result.Inconclusive > metric.InconclusiveLimit)
        {
            return (VerificationPhase.Inconclusive, $"inconclusive ({result.Inconclusive}) > inconclusiveLimit ({metric.InconclusiveLimit})");
        }

        return metric.FailureLimit >= 0 && result.Failed > metric.FailureLimit
            ? (VerificationPhase.Failed, $"failed ({result.Failed}) > failureLimit ({metric.FailureLimit})")
            : null;
    }

    // No limit was gone beyond; asked for successes in a row, it did not have them.
    private static VerificationPhase AtFullCount(MetricSpec metric) => metric switch
    {
        { ConsecutiveSuccessLimit: 0 } => VerificationPhase.Successful,
        { FailureLimit: >= 0 } => VerificationPhase.Inconclusive,
        _ => VerificationPhase.Failed,
    };
}
