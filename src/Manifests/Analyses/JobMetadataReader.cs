using Waybill.Domain.Analysis;
using Waybill.Manifests.Reading;

namespace Waybill.Manifests.Analyses;

/// <summary>Reads the <c>metadata</c> of a job metric.</summary>
internal static class JobMetadataReader
{
    private const string ClusterAnnotation = "waybill.dev/cluster";

    /// <summary>The job without its spec.</summary>
    public static JobMetric Read(MapReader? metadata)
    {
        var job = new JobMetric { Spec = [] };
        if (metadata is null)
        {
            return job;
        }

        using var fields = metadata;
        fields.Refuse("name", "Waybill names the Job after its run");
        fields.Refuse("generateName", "Waybill names the Job after its run");
        var annotations = fields.Texts("annotations");
        return job with
        {
            Namespace = fields.Text("namespace"),
            Labels = fields.Texts("labels"),
            Annotations = annotations.Where(a => a.Key != ClusterAnnotation).ToDictionary(a => a.Key, a => a.Value),
            Cluster = annotations.GetValueOrDefault(ClusterAnnotation),
        };
    }
}
