using System.Text.Json.Nodes;
using k8s;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Simulation.Cluster;

namespace Waybill.EndToEnd.Tests;

/// <summary>An API server on its bad days: what passes is waited out, what does not is said with the place and the remedy.</summary>
public sealed class BadClusterTests
{
    [Theory]
    [InlineData(409, 2)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    [InlineData(503, 3)]
    public async Task What_passes_is_waited_out(int status, int times)
    {
        await using var world = await OneStageAsync();
        world.ApiServer!.Faults.Add(Fault.Status(status, retryAfterSeconds: status == 429 ? 1 : null) with { Verb = status == 409 ? "patch" : null, Resource = "stacks", Times = times });
        await using var waybill = await RunningWaybill.StartAsync(world);

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");

        await waybill.VerifiedAsync("auto-dev", push.Head);
    }

    [Fact]
    public async Task Silence_is_waited_out()
    {
        await using var world = await OneStageAsync();
        world.ApiServer!.Faults.Add(Fault.Hang with { Resource = "stacks" });
        await using var waybill = await RunningWaybill.StartAsync(world);

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");

        await waybill.VerifiedAsync("auto-dev", push.Head);
    }

    [Theory]
    [InlineData(401, "credentials")]
    [InlineData(403, "stacks")]
    public async Task What_does_not_pass_ends_with_the_place_and_the_remedy(int status, string remedy)
    {
        await using var world = await OneStageAsync();
        world.ApiServer!.Faults.Add(Fault.Status(status) with { Resource = "stacks", Times = null });
        await using var waybill = await RunningWaybill.StartAsync(world);

        await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var promotion = await waybill.EndedAsync("auto-dev", "Errored");

        Assert.Contains("test", (string?)promotion["message"], StringComparison.Ordinal);
        Assert.Contains(remedy, (string?)promotion["message"], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_Stack_that_is_not_there_is_named()
    {
        await using var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "nowhere")));
        await using var waybill = await RunningWaybill.StartAsync(world);

        await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var promotion = await waybill.EndedAsync("auto-dev", "Failed");

        Assert.Contains("no Stack nowhere in namespace default of cluster test", (string?)promotion["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Stack_that_does_not_authorize_the_stage_is_left_alone_with_the_command_that_would()
    {
        await using var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev")));
        await world.CreateStackAsync("dev", "another:stage");
        await using var waybill = await RunningWaybill.StartAsync(world);

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var promotion = await waybill.EndedAsync("auto-dev", "Failed");

        Assert.Contains(
            "kubectl annotate stacks.pulumi.com dev -n default waybill.dev/authorized-stage=another:stage,hello:auto-dev --overwrite",
            (string?)promotion["message"],
            StringComparison.Ordinal);
        Assert.NotEqual(push.Head, await CommitOfAsync(world, "dev"));
    }

    [Fact]
    public async Task Two_stages_racing_for_one_Stack_both_end_and_leave_it_at_one_commit()
    {
        await using var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-left", "shared"), Manifest.Stage("auto-right", "shared")));
        await world.CreateStackAsync("shared", $"{TestWorld.Project}:auto-left,{TestWorld.Project}:auto-right");
        await using var waybill = await RunningWaybill.StartAsync(world);

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var left = await OverAsync(waybill, "auto-left");
        var right = await OverAsync(waybill, "auto-right");

        Assert.Contains("Succeeded", new[] { left, right });
        Assert.Equal(push.Head, await CommitOfAsync(world, "shared"));
    }

    private static async Task<string> OverAsync(RunningWaybill waybill, string stage) =>
        (string)(await waybill.NewestPromotionAsync(stage, p => (string?)p["phase"] is "Succeeded" or "Failed" or "Errored", "an ended promotion"))["phase"]!;

    private static async Task<string?> CommitOfAsync(TestWorld world, string stack) =>
        (string?)(await world.Cluster.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>("pulumi.com", "v1", "default", "stacks", stack))["spec"]?["commit"];

    private static async Task<TestWorld> OneStageAsync()
    {
        var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev")));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        return world;
    }
}
