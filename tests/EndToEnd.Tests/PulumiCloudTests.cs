using System.Text.Json.Nodes;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Simulation.Cluster;
using Waybill.Simulation.PulumiCloud;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>The main job with Pulumi Cloud as a witness: over its REST API and its webhooks, as if it was the real one.</summary>
public sealed class PulumiCloudTests
{
    private const string WebhookSecret = "the secret of Pulumi's webhook";

    [Fact]
    public async Task A_push_travels_and_each_promotion_shows_what_it_did_to_resources()
    {
        await using var world = await WorldAsync();
        await using var waybill = await StartAsync(world);
        world.Script.Default = new RunPlan
        {
            Duration = TimeSpan.FromMilliseconds(200),
            ResourceChanges = new Dictionary<string, int> { ["create"] = 2, ["delete"] = 1, ["replace"] = 1, ["same"] = 9 },
        };

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-dev", push.Head);
        await waybill.VerifiedAsync("auto-staging", push.Head);

        foreach (var (stage, stack) in new[] { ("auto-dev", "dev"), ("auto-staging", "staging") })
        {
            var run = Run((await waybill.PromotionsAsync(stage))[0]!);
            var record = world.PulumiCloud!.History($"waybill-demo/hello/{stack}")[0];
            Assert.Equal(("Confirmed", record.Version, record.Id), ((string?)run["confirmation"], (int?)run["version"], (string?)run["id"]));
            Assert.Equal((2, 1, 1, 9), ((int)run["changes"]!["create"]!, (int)run["changes"]!["delete"]!, (int)run["changes"]!["replace"]!, (int)run["changes"]!["same"]!));
            Assert.Equal($"https://app.pulumi.com/waybill-demo/hello/{stack}/updates/{record.Version}", (string?)run["permalink"]);
        }

        Assert.Equal(2, world.PulumiCloud!.Requests.Count);
        Assert.Contains(world.PulumiCloud.Deliveries, d => d.Event == "stack_update" && d.Succeeded);
    }

    [Fact]
    public async Task A_success_that_only_the_operator_saw_does_not_pass()
    {
        await using var world = await WorldAsync();
        await using var waybill = await StartAsync(world);
        world.Script.Default = new RunPlan { BackendResult = "failed" };

        await world.Program.PushAsync("main", "Break the connection", "index.ts");
        var promotion = await waybill.EndedAsync("auto-dev", "Failed");

        Assert.Contains("succeeded, but Pulumi Cloud says that it failed", (string?)promotion["message"], StringComparison.Ordinal);
        Assert.Equal("Disagrees", (string?)Run(promotion)["confirmation"]);
        Assert.Empty(await waybill.PromotionsAsync("auto-staging"));
    }

    [SkippableFact]
    public async Task It_is_the_same_on_a_real_api_server()
    {
        Skip.If(KubeApiServer.SkipReason is not null, KubeApiServer.SkipReason);
        await using var server = await KubeApiServer.TryStartAsync();
        await using var world = await WorldAsync(cloud => TestWorld.CreateAsync(server!, cloud));
        await using var waybill = await StartAsync(world);

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-staging", push.Head);
        world.Script.Default = new RunPlan { BackendResult = "failed" };
        await world.Program.PushAsync("main", "Break the connection", "index.ts");
        var broken = await waybill.EndedAsync("auto-dev", "Failed");

        Assert.Equal("Confirmed", (string?)Run((await waybill.PromotionsAsync("auto-staging"))[0]!)["confirmation"]);
        Assert.Equal("Disagrees", (string?)Run(broken)["confirmation"]);
    }

    [Fact]
    public async Task A_failure_is_found_in_Pulumi_Cloud_though_nothing_links_to_it_and_others_ran_beside_it()
    {
        await using var world = await WorldAsync();
        await using var waybill = await StartAsync(world);
        world.Script.Default = new RunPlan { FailsWith = "error: BucketAlreadyExists" };
        world.PulumiCloud!.Decide = (run, record) =>
        {
            world.PulumiCloud.Add(run.PulumiStack, record with { Id = $"{record.Id}-by-hand", Message = "Manual update", Result = "succeeded" });
            return record;
        };

        await world.Program.PushAsync("main", "Rename the bucket", "index.ts");
        var promotion = await waybill.EndedAsync("auto-dev", "Failed");

        Assert.Equal(("Confirmed", "failed"), ((string?)Run(promotion)["confirmation"], (string?)Run(promotion)["result"]));
        Assert.Contains("BucketAlreadyExists", (string?)promotion["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Pulumi_Cloud_that_refuses_stops_nothing_and_is_said_to_have_confirmed_nothing()
    {
        await using var world = await WorldAsync();
        await using var waybill = await StartAsync(world);
        world.PulumiCloud!.RevokeTokens();

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-staging", push.Head);

        var run = Run((await waybill.PromotionsAsync("auto-dev"))[0]!);
        Assert.Equal("Unconfirmed", (string?)run["confirmation"]);
        Assert.Contains("PulumiCloud:Token", (string?)run["note"], StringComparison.Ordinal);
    }

    private static JsonNode Run(JsonNode promotion) => Assert.Single(promotion["runs"]!.AsArray())!;

    private static async Task<TestWorld> WorldAsync(Func<SimulatedPulumiCloud, Task<TestWorld>>? create = null)
    {
        var cloud = await SimulatedPulumiCloud.StartAsync();
        var world = await (create is null ? TestWorld.CreateAsync(cloud) : create(cloud));
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev"), Manifest.Stage("auto-staging", "staging", from: "auto-dev")));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        await world.CreateStackAsync("staging", $"{TestWorld.Project}:auto-staging");
        return world;
    }

    private static async Task<RunningWaybill> StartAsync(TestWorld world)
    {
        var cloud = world.PulumiCloud!;
        var waybill = await RunningWaybill.StartAsync(
            world,
            null,
            "--PulumiCloud:BaseUrl",
            cloud.ApiUrl.ToString(),
            "--PulumiCloud:Token",
            cloud.Token,
            "--PulumiCloud:WebhookSecret",
            WebhookSecret);
        cloud.RegisterHook(new Uri(waybill.Url, "webhooks/pulumi"), WebhookSecret);
        return waybill;
    }
}
