using System.Text.Json.Nodes;

namespace Waybill.Engine.Ports;

/// <summary>Kubernetes Jobs in the configured clusters. Every failure is a <see cref="ClusterException"/>.</summary>
public interface IJobClient
{
    /// <summary>Creates a Job; one of that name that is there already is left as it is.</summary>
    Task CreateAsync(JobReference job, JsonObject manifest, CancellationToken cancellationToken);

    /// <summary>How a Job stands; null when there is none of that name.</summary>
    Task<JobSnapshot?> GetAsync(JobReference job, CancellationToken cancellationToken);

    /// <summary>Deletes a Job and its pods; none of that name is as good.</summary>
    Task DeleteAsync(JobReference job, CancellationToken cancellationToken);
}

/// <summary>A Job's place.</summary>
public sealed record JobReference(string Cluster, string Namespace, string Name);

/// <summary>How a Job stands.</summary>
/// <param name="IsComplete">Whether its Complete condition is true.</param>
/// <param name="IsFailed">Whether its Failed condition is true.</param>
/// <param name="Message">What the condition says.</param>
public sealed record JobSnapshot(bool IsComplete, bool IsFailed, string Message);
