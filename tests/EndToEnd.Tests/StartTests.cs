using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Ports;
using Waybill.Local;
using Waybill.Local.Starting;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>Starting with wrong settings, and a pipeline that is edited while it runs.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Everything_that_is_wrong_is_listed_at_once_with_its_key()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("manifests"));
        await File.WriteAllTextAsync(folder.Combine("manifests", "pipeline.yaml"), "kind: Stagee\napiVersion: kargo.akuity.io/v1alpha1\nmetadata: {name: x}\n");
        var settings = new LocalSettings(folder.Combine("manifests"), LoopbackPort.FindFree(), folder.Combine("data"),
        [
            "--GitHub:WebhookSecret", "short",
            "--Clusters:prod:Kubeconfig", "/no/such/file",
            "--Approvals:PublicUrl", "ftp://example.com",
            "--Notifications:WebhookUrl", "nowhere",
        ]);

        await using var app = LocalApp.Build(settings, null);
        var problems = StartupCheck.Problems(app.Services);

        foreach (var named in new[] { "GitHub:WebhookSecret", "Clusters:prod:Kubeconfig", "Approvals:PublicUrl", "Notifications:WebhookUrl", "pipeline.yaml:1" })
        {
            Assert.Contains(problems, p => p.Contains(named, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_stage_that_leaves_the_manifests_drops_what_waited_there_and_a_running_promotion_ends()
    {
        await using var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev"), Manifest.Stage("prod", "prod", before: Manifest.Approval())));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        await world.CreateStackAsync("prod", $"{TestWorld.Project}:prod");
        await using var waybill = await RunningWaybill.StartAsync(world);
        List<string> promotions = [];
        foreach (var subject in new[] { "One", "Two" })
        {
            var push = await world.Program.PushAsync("main", subject, "index.ts");
            await waybill.VerifiedAsync("auto-dev", push.Head);
            var freight = (await waybill.GetAsync($"api/projects/{TestWorld.Project}/freight"))["items"]![0]!;
            promotions.Add(await waybill.PromoteAsync("prod", (string)freight["alias"]!));
        }

        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev")));
        await Poll.UntilAsync("prod to leave the pipeline", RunningWaybill.Patience, _ =>
            Task.FromResult(waybill.Services.GetRequiredService<IPipelineSource>().Pipelines[TestWorld.Project].FindStage("prod") is null));
        using var aborted = await waybill.PostAsync($"api/projects/{TestWorld.Project}/promotions/{promotions[0]}/abort", new { reason = "The stage is gone" });

        JsonNode? queued = null;
        await Poll.UntilAsync("the queued promotion to end", RunningWaybill.Patience, async _ =>
        {
            queued = await waybill.GetAsync($"api/projects/{TestWorld.Project}/promotions/{promotions[1]}");
            return (string?)queued["phase"] == "Failed";
        });
        Assert.Equal("Stage prod is no longer in the pipeline.", (string?)queued!["message"]);
        Assert.Equal("Aborted", (string?)(await waybill.GetAsync($"api/projects/{TestWorld.Project}/promotions/{promotions[0]}"))["phase"]);
        Assert.Single(await waybill.AuditAsync(), e => (string?)e["promotion"] == promotions[1] && (string?)e["action"] == "PromotionFailed");
    }

    [Fact]
    public async Task A_promotion_keeps_its_steps_and_a_broken_edit_keeps_the_last_good_pipeline()
    {
        await using var world = await PushTravelsTests.PipelineWithApprovalAsync();
        var mail = new Mailbox();
        await using var waybill = await RunningWaybill.StartAsync(world, services => services.AddSingleton<INotifier>(mail));
        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var ada = await mail.LinkForAsync("ada@example.com");
        var bob = await mail.LinkForAsync("bob@example.com");

        world.WriteManifests("this: is not a pipeline");
        await Poll.UntilAsync("the problem to show", RunningWaybill.Patience, _ =>
            Task.FromResult(waybill.Services.GetRequiredService<IPipelineSource>().Problems.Count > 0));
        Assert.NotNull(waybill.Services.GetRequiredService<IPipelineSource>().Pipelines[TestWorld.Project].FindStage("auto-prod"));
        await PushTravelsTests.AnswerAsync(ada, "approve", "");
        await PushTravelsTests.AnswerAsync(bob, "approve", "");

        await waybill.VerifiedAsync("auto-prod", push.Head);
    }
}
