using System.Text.Json.Nodes;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Jobs over the Kubernetes API: one method is one HTTP call.</summary>
internal sealed class KubernetesJobClient(ClusterCalls calls) : IJobClient
{
    public Task CreateAsync(JobReference job, JsonObject manifest, CancellationToken cancellationToken) =>
        calls.CreateAsync(Call(job, "create"), manifest, cancellationToken);

    public async Task<JobSnapshot?> GetAsync(JobReference job, CancellationToken cancellationToken) =>
        await calls.GetAsync(Call(job, "get"), cancellationToken) is { } found ? Snapshot(found) : null;

    public Task DeleteAsync(JobReference job, CancellationToken cancellationToken) => calls.DeleteAsync(Call(job, "delete"), cancellationToken);

    private static ClusterCall Call(JobReference job, string verb) => new(job.Cluster, verb, CustomResource.Job, job.Namespace, job.Name);

    private static JobSnapshot Snapshot(JsonObject job)
    {
        var conditions = (job["status"]?["conditions"] as JsonArray)?.OfType<JsonObject>() ?? [];
        var said = conditions
            .Where(c => SnapshotMapping.Text(c["status"]) is "True")
            .ToLookup(c => SnapshotMapping.Text(c["type"]) ?? "", c => $"{SnapshotMapping.Text(c["reason"])}: {SnapshotMapping.Text(c["message"])}");
        var (isComplete, isFailed) = (said.Contains("Complete"), said.Contains("Failed"));
        return new JobSnapshot(isComplete, isFailed, said[isFailed ? "Failed" : "Complete"].FirstOrDefault() ?? "");
    }
}
