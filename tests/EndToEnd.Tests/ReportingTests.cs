using Waybill.EndToEnd.Tests.Drivers;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>GitHub tells the story too.</summary>
public sealed class ReportingTests
{
    [Fact]
    public async Task A_push_and_its_way_are_told_on_the_commit_and_as_deployments()
    {
        await using var world = await PipelineAsync();
        await using var waybill = await RunningWaybill.StartAsync(
            world, null, "--GitHub:Token", "a-token", "--GitHub:ReportStatuses", "true", "--GitHub:ReportDeployments", "true");

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-dev", push.Head);
        var promotion = (string)(await waybill.PromotionsAsync("auto-dev"))[0]!["name"]!;
        await Poll.UntilAsync("GitHub to be told of the success", RunningWaybill.Patience, _ =>
            Task.FromResult(world.Program.Deployments is [{ History: [.., { State: "success" }] }] && world.Program.Statuses is [.., { State: "success" }]));

        Assert.Equal((push.Head, "auto-dev"), (world.Program.Deployments[0].Sha, world.Program.Deployments[0].Environment));
        Assert.All(world.Program.Statuses, s => Assert.Equal((push.Head, $"waybill/{TestWorld.Project}/auto-dev"), (s.Sha, s.Context)));
        using var page = await waybill.Http.GetAsync(new Uri(world.Program.Statuses[^1].TargetUrl!));
        Assert.Contains(promotion, world.Program.Statuses[^1].TargetUrl, StringComparison.Ordinal);
        Assert.True(page.IsSuccessStatusCode, $"{world.Program.Statuses[^1].TargetUrl}: {page.StatusCode}");
    }

    [Fact]
    public async Task Nothing_is_told_unless_the_settings_say_so()
    {
        await using var world = await PipelineAsync();
        await using var waybill = await RunningWaybill.StartAsync(world);

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-dev", push.Head);

        Assert.DoesNotContain(world.GitHub.Requests, r => r.StartsWith("POST", StringComparison.Ordinal));
    }

    private static async Task<TestWorld> PipelineAsync()
    {
        var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev")));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        return world;
    }
}
