using Waybill.Domain.Analysis;
using Waybill.Manifests.Documents;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Analyses;

/// <summary>An AnalysisTemplate or ClusterAnalysisTemplate, its references still unresolved.</summary>
/// <param name="Document">What it says of itself.</param>
/// <param name="Arguments">What it declares.</param>
/// <param name="Metrics">What it measures.</param>
/// <param name="DryRun">Patterns of names of metrics that decide nothing.</param>
/// <param name="Retention">How many measurements to keep, by pattern of metrics' names.</param>
/// <param name="Templates">Templates that it includes.</param>
internal sealed record AnalysisTemplateDraft(
    ManifestDocument Document,
    IReadOnlyList<ArgumentDraft> Arguments,
    IReadOnlyList<MetricDraft> Metrics,
    IReadOnlyList<MetricPattern> DryRun,
    IReadOnlyList<(MetricPattern Pattern, int Limit)> Retention,
    IReadOnlyList<TemplateReference> Templates) : Draft(Document);

/// <summary>An argument and where it stands.</summary>
internal sealed record ArgumentDraft(AnalysisArgument Argument, Cursor Cursor);

/// <summary>A metric, where it stands, and which arguments its texts ask for.</summary>
internal sealed record MetricDraft(MetricSpec Metric, Cursor Cursor, IReadOnlyList<(string Argument, Cursor Cursor)> Uses);

/// <summary>A pattern of metrics' names and where it stands.</summary>
internal sealed record MetricPattern(System.Text.RegularExpressions.Regex Pattern, Cursor Cursor);

/// <summary>A template by its name, and where that stands.</summary>
internal sealed record TemplateReference(string Name, bool IsClusterScoped, Cursor Cursor)
{
    public string Kind => IsClusterScoped ? Kinds.ClusterAnalysisTemplate : Kinds.AnalysisTemplate;
}

/// <summary>A stage's <c>verification</c>.</summary>
internal sealed record VerificationDraft(IReadOnlyList<TemplateReference> Templates, IReadOnlyList<ArgumentDraft> Arguments);
