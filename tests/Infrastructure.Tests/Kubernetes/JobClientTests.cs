using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Ports;
using Waybill.TestParts;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>Jobs on a real API server, by an account that has the role for them and nothing else.</summary>
[Collection(nameof(KubeApiServer))]
public sealed class JobClientTests(KubeApiServerFixture fixture)
{
    [SkippableFact]
    public async Task A_Job_is_created_once_watched_and_removed()
    {
        await using var cluster = await RealClusterUnderTest.StartAsync(fixture.Server);
        await using var services = StackClients.Create(await cluster.WriteKubeconfigAsync(await RbacManifests.GrantToServiceAccountAsync(fixture.Server, cluster.Namespace, RbacManifests.Verifier)));
        var jobs = services.GetRequiredService<IJobClient>();
        var job = new JobReference(StackClients.Cluster, cluster.Namespace, "waybill-1");

        await jobs.CreateAsync(job, Manifest(job), default);
        await jobs.CreateAsync(job, Manifest(job), default);
        var running = await jobs.GetAsync(job, default);
        await FailAsync(cluster, job);
        var failed = await jobs.GetAsync(job, default);
        await jobs.DeleteAsync(job, default);
        await jobs.DeleteAsync(job, default);

        Assert.Equal(new JobSnapshot(false, false, ""), running);
        Assert.Equal(new JobSnapshot(false, true, "BackoffLimitExceeded: too often"), failed);
        Assert.Null(await jobs.GetAsync(job, default));
    }

    [SkippableFact]
    public async Task Without_the_role_the_error_says_what_to_add()
    {
        await using var cluster = await RealClusterUnderTest.StartAsync(fixture.Server);
        await using var services = StackClients.Create(await cluster.WriteKubeconfigAsync(await cluster.CreateTokenAsync("get")));
        var job = new JobReference(StackClients.Cluster, cluster.Namespace, "waybill-1");

        var error = await Assert.ThrowsAsync<ClusterException>(() => services.GetRequiredService<IJobClient>().CreateAsync(job, Manifest(job), default));

        Assert.Equal(ClusterErrorKind.Forbidden, error.Kind);
        Assert.Contains("{apiGroups: [\"batch\"], resources: [\"jobs\"], verbs: [\"create\"]}", error.Message);
    }

    private static async Task FailAsync(RealClusterUnderTest cluster, JobReference job)
    {
        // No controller runs here; what it would write of a Job that failed, Kubernetes' own rules for it included.
        var status = new V1Patch(
            """
            {"status":{"startTime":"2026-06-01T12:00:00Z","conditions":[
              {"type":"FailureTarget","status":"True","reason":"BackoffLimitExceeded","message":"too often"},
              {"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"too often"}]}}
            """,
            V1Patch.PatchType.MergePatch);
        await cluster.Admin.BatchV1.PatchNamespacedJobStatusAsync(status, job.Name, job.Namespace);
    }

    private static JsonObject Manifest(JobReference job) => JsonNode.Parse($$"""
        {
          "apiVersion": "batch/v1",
          "kind": "Job",
          "metadata": {"name": "{{job.Name}}", "namespace": "{{job.Namespace}}"},
          "spec": {
            "template": {
              "spec": { "restartPolicy": "Never", "containers": [{ "name": "c", "image": "busybox" }] }
            }
          }
        }
        """)!.AsObject();
}
