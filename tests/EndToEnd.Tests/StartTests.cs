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
