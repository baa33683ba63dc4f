using System.Text.Json.Nodes;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>Jobs that end as a test says.</summary>
internal sealed class Jobs : IJobClient
{
    public Dictionary<string, JobSnapshot> There { get; } = [];

    public List<(JobReference Job, JsonObject Manifest)> Created { get; } = [];

    public List<string> Deleted { get; } = [];

    /// <summary>What the next call throws.</summary>
    public ClusterException? Fault { get; set; }

    public Task CreateAsync(JobReference job, JsonObject manifest, CancellationToken cancellationToken)
    {
        Throw();
        Created.Add((job, manifest));
        There.TryAdd(job.Name, new JobSnapshot(false, false, ""));
        return Task.CompletedTask;
    }

    public Task<JobSnapshot?> GetAsync(JobReference job, CancellationToken cancellationToken)
    {
        Throw();
        return Task.FromResult(There.GetValueOrDefault(job.Name));
    }

    public Task DeleteAsync(JobReference job, CancellationToken cancellationToken)
    {
        Throw();
        Deleted.Add(job.Name);
        There.Remove(job.Name);
        return Task.CompletedTask;
    }

    private void Throw()
    {
        if (Fault is { } fault)
        {
            Fault = null;
            throw fault;
        }
    }
}
