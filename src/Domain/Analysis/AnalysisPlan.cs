namespace Waybill.Domain.Analysis;

/// <summary>
/// How a stage's freight is verified once the stage is healthy: its AnalysisTemplates, merged and with their references
/// resolved. Frozen into every promotion when it is created.
/// </summary>
public sealed record AnalysisPlan
{
    /// <summary>The names of the templates it was made of.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>Every argument of the templates, each with a value or a secret to take it from.</summary>
    public IReadOnlyList<AnalysisArgument> Arguments { get; init; } = [];

    /// <summary>What is measured; names are unique.</summary>
    public required IReadOnlyList<MetricSpec> Metrics { get; init; }

    /// <summary>The metrics as a run has them: numbers and durations that are arguments are read. Those that can't be stay at their defaults.</summary>
    public IReadOnlyList<MetricSpec> MetricsOf(AnalysisRun run) =>
        [.. Metrics.Select(m => m.Deferred.Count == 0 ? m : DeferredFields.Resolve(m, run.Arguments).Metric)];
}

/// <summary>An argument of a template: what <c>{{args.NAME}}</c> stands for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">In a plan a text with <c>${{ }}</c> expressions, in a run what they came to; null when a secret has it.</param>
/// <param name="Secret">Where its value is; null when it is no secret. The value itself is never stored.</param>
public sealed record AnalysisArgument(string Name, string? Value, SecretKeyReference? Secret = null);

/// <summary>A key of a named secret.</summary>
public sealed record SecretKeyReference(string Name, string Key);
