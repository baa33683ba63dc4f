using System.Globalization;

namespace Waybill.Domain.Analysis;

/// <summary>Reads the numbers and durations of a metric that its template leaves to arguments.</summary>
public static class DeferredFields
{
    /// <summary>The metric with them read, and what is wrong with the first that can't be; null when nothing is.</summary>
    public static (MetricSpec Metric, string? Problem) Resolve(MetricSpec metric, IReadOnlyList<AnalysisArgument> arguments)
    {
        var values = arguments.Where(a => a.Value is not null).ToDictionary(a => a.Name, a => a.Value);
        var (resolved, problem) = (metric, (string?)null);
        foreach (var (field, text) in metric.Deferred)
        {
            var value = Placeholders.Replace(text, values.GetValueOrDefault).Trim();
            if (With(resolved, field, value) is { } better)
            {
                resolved = better;
            }
            else
            {
                problem ??= $"Metric {metric.Name}: {field} {text} is {value}, which is not {(IsDuration(field) ? "a duration such as 30s" : "a whole number")} it can be.";
            }
        }

        return (resolved, problem ?? (MetricRules.Broken(resolved) is { } rule ? $"Metric {metric.Name}: {rule}." : null));
    }

    private static bool IsDuration(string field) => field is "interval" or "initialDelay";

    private static MetricSpec? With(MetricSpec metric, string field, string value)
    {
        if (IsDuration(field))
        {
            return GoDuration.TryParse(value, out var duration) && duration >= TimeSpan.Zero
                ? field is "interval" ? metric with { Interval = duration > TimeSpan.Zero ? duration : null } : metric with { InitialDelay = duration }
                : null;
        }

        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || number < (field is "failureLimit" ? -1 : 0))
        {
            return null;
        }

        return field switch
        {
            "count" => metric with { Count = number },
            "failureLimit" => metric with { FailureLimit = number },
            "inconclusiveLimit" => metric with { InconclusiveLimit = number },
            "consecutiveErrorLimit" => metric with { ConsecutiveErrorLimit = number },
            _ => metric with { ConsecutiveSuccessLimit = number },
        };
    }
}
