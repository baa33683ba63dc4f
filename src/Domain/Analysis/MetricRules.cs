namespace Waybill.Domain.Analysis;

/// <summary>What Argo Rollouts asks of a metric's numbers (<c>utils/analysis/factory.go</c>).</summary>
public static class MetricRules
{
    /// <summary>The rule that the metric breaks; null when it keeps all.</summary>
    public static string? Broken(MetricSpec metric) => metric switch
    {
        { ConsecutiveSuccessLimit: 0, FailureLimit: -1 } => "failureLimit and consecutiveSuccessLimit cannot both be disabled",
        { Count: > 0, FailureLimit: >= 0 } when metric.Count < metric.FailureLimit + metric.ConsecutiveSuccessLimit =>
            $"count ({metric.Count}) must be at least failureLimit + consecutiveSuccessLimit ({metric.FailureLimit} + {metric.ConsecutiveSuccessLimit})",
        { Count: > 0 } when metric.Count < metric.ConsecutiveSuccessLimit =>
            $"count ({metric.Count}) must be at least consecutiveSuccessLimit ({metric.ConsecutiveSuccessLimit})",
        { Count: > 0 } when metric.Count < metric.InconclusiveLimit =>
            $"count ({metric.Count}) must be at least inconclusiveLimit ({metric.InconclusiveLimit})",
        { Count: > 1, Interval: null } => "interval is required when count is more than 1",
        _ => null,
    };
}
