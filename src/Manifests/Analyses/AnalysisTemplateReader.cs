using Waybill.Manifests.Documents;
using Waybill.Manifests.Patterns;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads an AnalysisTemplate or a ClusterAnalysisTemplate.</summary>
internal static class AnalysisTemplateReader
{
    private const int MaxRetention = 200;

    public static Draft Read(ManifestDocument document, Cursor? spec)
    {
        if (spec?.Map() is not { } found)
        {
            return new UnreadableDraft(document);
        }

        using var fields = found;
        return new AnalysisTemplateDraft(
            document,
            ArgumentReader.ReadDeclared(fields.Items("args")),
            ReadMetrics(fields.Items("metrics")),
            [.. fields.Items("dryRun").Select(ReadDryRun).OfType<MetricPattern>()],
            [.. fields.Items("measurementRetention").Select(ReadRetention).OfType<(MetricPattern, int)>()],
            [.. fields.Items("templates").Select(ReadReference).OfType<TemplateReference>()]);
    }

    private static List<MetricDraft> ReadMetrics(IReadOnlyList<Cursor> items)
    {
        var metrics = new List<MetricDraft>();
        foreach (var item in items)
        {
            if (MetricReader.Read(item) is not { } metric)
            {
                continue;
            }

            if (metrics.Exists(m => m.Metric.Name == metric.Metric.Name))
            {
                item.Error($"duplicate metric {metric.Metric.Name}");
            }

            metrics.Add(metric);
        }

        return metrics;
    }

    private static MetricPattern? ReadDryRun(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        return ReadPattern(fields.Take("metricName", required: true));
    }

    private static (MetricPattern Pattern, int Limit)? ReadRetention(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var pattern = ReadPattern(fields.Take("metricName", required: true));
        var limit = fields.Take("limit", required: true);
        var kept = limit?.Integer(1, int.MaxValue) ?? 1;
        if (kept > MaxRetention)
        {
            limit!.Notice($"Waybill keeps at most the last {MaxRetention} measurements of a metric, and counts all");
        }

        return pattern is null ? null : (pattern, Math.Min(kept, MaxRetention));
    }

    private static MetricPattern? ReadPattern(Cursor? field)
    {
        if (field?.Text() is not { } text)
        {
            return null;
        }

        if (PatternMatcher.TryCompile(text, out var regex, out var problem))
        {
            return new MetricPattern(regex, field);
        }

        field.Error($"not a valid regular expression: {problem}");
        return null;
    }

    private static TemplateReference? ReadReference(Cursor item)
    {
        if (item.Map() is not { } found)
        {
            return null;
        }

        using var fields = found;
        var isClusterScoped = fields.Flag("clusterScope");
        var name = fields.Take("templateName", required: true);
        return MetadataReader.ReadName(name) is { } text ? new TemplateReference(text, isClusterScoped, name!) : null;
    }
}
