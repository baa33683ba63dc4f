using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Ports;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>The main job on a real kube-apiserver with the operator's own resource definitions, and in a real table service.</summary>
public sealed class RealPartsTests
{
    [SkippableFact]
    public async Task A_push_travels_to_production_on_a_real_api_server()
    {
        Skip.If(KubeApiServer.SkipReason is not null, KubeApiServer.SkipReason);
        await using var server = await KubeApiServer.TryStartAsync();
        await using var world = await PushTravelsTests.PipelineWithApprovalAsync(await TestWorld.CreateAsync(server!));
        var mail = new Mailbox();
        await using var waybill = await RunningWaybill.StartAsync(world, services => services.AddSingleton<INotifier>(mail));

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-staging", push.Head);
        await PushTravelsTests.AnswerAsync(await mail.LinkForAsync("ada@example.com"), "approve", "");
        await PushTravelsTests.AnswerAsync(await mail.LinkForAsync("bob@example.com"), "approve", "");
        await waybill.VerifiedAsync("auto-prod", push.Head);
        await AssertFailureAndDriftShowAsync(world, waybill);
    }

    [SkippableFact]
    public async Task A_push_travels_in_a_real_table_service()
    {
        Skip.If(Azurite.SkipReason is not null, Azurite.SkipReason);
        await using var azurite = await Azurite.TryStartAsync();
        await using var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev"), Manifest.Stage("auto-staging", "staging", from: "auto-dev")));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        await world.CreateStackAsync("staging", $"{TestWorld.Project}:auto-staging");
        await using var waybill = await RunningWaybill.StartAsync(
            world, null, "--Storage:ConnectionString", azurite!.ConnectionString, "--Storage:TableName", "pushes");

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");

        await waybill.VerifiedAsync("auto-dev", push.Head);
        await waybill.VerifiedAsync("auto-staging", push.Head);
    }

    private static async Task AssertFailureAndDriftShowAsync(TestWorld world, RunningWaybill waybill)
    {
        world.Script.Default = new RunPlan { FailsWith = "error: BucketAlreadyExists" };
        await world.Program.PushAsync("main", "Rename the bucket", "index.ts");
        var failed = await waybill.EndedAsync("auto-dev", "Failed");

        var stack = await world.Cluster.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>("pulumi.com", "v1", "default", "stacks", "dev");
        Assert.Contains("BucketAlreadyExists", (string?)failed["message"], StringComparison.Ordinal);
        Assert.Equal("failed", (string?)stack["status"]!["lastUpdate"]!["state"]);
    }
}
