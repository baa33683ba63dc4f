using System.Text.Json.Nodes;
using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;
using Waybill.Engine.GitOps;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Analysis;

/// <summary><c>job</c>: a Kubernetes Job, successful when it completes. Its name follows from the run, so that none is started twice.</summary>
public sealed class JobMetricSource(IJobClient jobs, GitOpsOptions settings) : IMetricSource
{
    // Kubernetes removes what nobody here came to remove.
    private const int KeptSeconds = 3600;
    private const int MaxMetricName = 16;

    public bool Measures(MetricProvider provider) => provider is JobMetric;

    public async Task<Reading> ReadAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        var metric = (JobMetric)request.Metric.Provider;
        try
        {
            if (request.Incomplete is { Handle: { } name })
            {
                return Judge(name, await jobs.GetAsync(Place(request, metric, name), cancellationToken));
            }

            var job = Place(request, metric, NameOf(request));
            await jobs.CreateAsync(job, Manifest(job, metric, request), cancellationToken);
            return Reading.UnderWay(job.Name, $"Job {job.Namespace}/{job.Name} runs.");
        }
        catch (ClusterException error)
        {
            // What is under way stays so: a cluster that can't be reached says nothing about the Job.
            return request.Incomplete is { Handle: { } handle } && error.Kind is ClusterErrorKind.Unavailable or ClusterErrorKind.Throttled
                ? Reading.UnderWay(request.Incomplete!.Handle!, error.Message)
                : Reading.Error(error.Message);
        }
    }

    public async Task ReleaseAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Incomplete is { Handle: { } name })
            {
                await jobs.DeleteAsync(Place(request, (JobMetric)request.Metric.Provider, name), cancellationToken);
            }
        }
        catch (ClusterException)
        {
            // Kubernetes removes it when its time is over.
        }
    }

    private static Reading Judge(string name, JobSnapshot? job) => job switch
    {
        null => Reading.Error($"Job {name} is gone."),
        { IsComplete: true } => Reading.Verdict(VerificationPhase.Successful, ""),
        { IsFailed: true } => Reading.Verdict(VerificationPhase.Failed, $"Job {name} failed: {job.Message}"),
        _ => Reading.UnderWay(name, $"Job {name} runs."),
    };

    private JobReference Place(MetricRequest request, JobMetric metric, string name) =>
        new(metric.Cluster ?? settings.Cluster ?? "default", metric.Namespace ?? request.Promotion.Project, name);

    private static string NameOf(MetricRequest request)
    {
        var ulid = request.Run.Name.Split('.')[^2];
        var result = request.Run.ResultOf(request.Metric.Name);
        var letters = request.Metric.Name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(MaxMetricName);
        var index = request.Promotion.Analysis!.Metrics.TakeWhile(m => m.Name != request.Metric.Name).Count();
        return $"waybill-{ulid}-{index}{string.Concat(letters).TrimEnd('-')}-{(result is null ? 1 : result.Count + result.Errors + 1)}";
    }

    private static JsonObject Manifest(JobReference job, JobMetric metric, MetricRequest request)
    {
        var spec = metric.Spec.DeepClone().AsObject();
        spec.TryAdd("ttlSecondsAfterFinished", KeptSeconds);
        var labels = new JsonObject(metric.Labels.Select(Text)) { ["app.kubernetes.io/managed-by"] = "waybill" };
        var annotations = new JsonObject(metric.Annotations.Select(Text)) { ["waybill.dev/promotion"] = request.Promotion.Name };
        return new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject { ["name"] = job.Name, ["namespace"] = job.Namespace, ["labels"] = labels, ["annotations"] = annotations },
            ["spec"] = spec,
        };
    }

    private static KeyValuePair<string, JsonNode?> Text(KeyValuePair<string, string> entry) => KeyValuePair.Create<string, JsonNode?>(entry.Key, entry.Value);
}
