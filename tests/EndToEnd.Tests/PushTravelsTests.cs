using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Ports;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>The main job, from a signed push to production, on the in-process cluster.</summary>
public sealed class PushTravelsTests
{
    [Fact]
    public async Task A_push_travels_to_production_once_two_people_said_yes()
    {
        await using var world = await PipelineWithApprovalAsync();
        var mail = new Mailbox();
        await using var waybill = await RunningWaybill.StartAsync(world, services => services.AddSingleton<INotifier>(mail));

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        await waybill.VerifiedAsync("auto-dev", push.Head);
        await waybill.VerifiedAsync("auto-staging", push.Head);
        await AnswerAsync(await mail.LinkForAsync("ada@example.com"), "approve", "Looks right");
        await AnswerAsync(await mail.LinkForAsync("bob@example.com"), "approve", "Agreed");
        await waybill.VerifiedAsync("auto-prod", push.Head);

        var audit = await waybill.AuditAsync();
        var granted = audit.Where(e => (string?)e["action"] == "ApprovalGranted").Select(e => ((string?)e["actor"], (string?)e["reason"]));
        Assert.Equal([("bob@example.com", "Agreed"), ("ada@example.com", "Looks right")], granted);
        Assert.Equal(3, audit.Count(e => (string?)e["action"] == "PromotionSucceeded"));
        Assert.Equal(3, audit.Count(e => (string?)e["action"] == "FreightVerified"));
    }

    [Fact]
    public async Task A_rejection_stops_it_and_the_audit_says_who_and_why()
    {
        await using var world = await PipelineWithApprovalAsync();
        var mail = new Mailbox();
        await using var waybill = await RunningWaybill.StartAsync(world, services => services.AddSingleton<INotifier>(mail));

        await world.Program.PushAsync("main", "Drop the database", "index.ts");
        await AnswerAsync(await mail.LinkForAsync("bob@example.com"), "reject", "Not on a Friday");
        var promotion = await waybill.EndedAsync("auto-prod", "Failed");

        Assert.Contains("Rejected by bob@example.com: Not on a Friday", (string?)promotion["message"], StringComparison.Ordinal);
        Assert.Contains(await waybill.AuditAsync(), e => (string?)e["action"] == "ApprovalRejected" && (string?)e["actor"] == "bob@example.com");
    }

    [Fact]
    public async Task A_failing_commit_stays_where_it_failed()
    {
        await using var world = await PipelineWithApprovalAsync();
        await using var waybill = await RunningWaybill.StartAsync(world);

        world.Script.Default = new RunPlan { FailsWith = "error: BucketAlreadyExists" };
        await world.Program.PushAsync("main", "Rename the bucket", "index.ts");
        var promotion = await waybill.EndedAsync("auto-dev", "Failed");

        Assert.Contains("BucketAlreadyExists", (string?)promotion["message"], StringComparison.Ordinal);
        Assert.Empty(await waybill.PromotionsAsync("auto-staging"));
    }

    [Fact]
    public async Task The_next_stage_is_patched_within_two_seconds_of_the_operators_success()
    {
        await using var world = await PipelineWithApprovalAsync();
        await using var waybill = await RunningWaybill.StartAsync(world);
        world.Script.Default = new RunPlan { Duration = TimeSpan.FromSeconds(4) };

        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var succeededAt = await MomentAsync(world, "dev", s => (string?)s["status"]?["lastUpdate"]?["lastSuccessfulCommit"] == push.Head);
        var patchedAt = await MomentAsync(world, "staging", s => (string?)s["spec"]?["commit"] == push.Head);

        Assert.InRange(patchedAt - succeededAt, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    internal static async Task<TestWorld> PipelineWithApprovalAsync(TestWorld? world = null)
    {
        world ??= await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(
            Manifest.Stage("auto-dev", "dev"),
            Manifest.Stage("auto-staging", "staging", from: "auto-dev"),
            Manifest.Stage("auto-prod", "prod", from: "auto-staging", before: Manifest.Approval(
                people: 2, approvers: "[{claim: email, value: ada@example.com}, {claim: email, value: bob@example.com, required: true}]"))));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        await world.CreateStackAsync("staging", $"{TestWorld.Project}:auto-staging");
        await world.CreateStackAsync("prod", $"{TestWorld.Project}:auto-prod");
        return world;
    }

    /// <summary>Follows a link as a person without any session does: looks, then posts the form.</summary>
    internal static async Task AnswerAsync(Uri link, string decision, string reason)
    {
        using var browser = new HttpClient();
        var page = await browser.GetStringAsync(link);
        Assert.Contains("Approve", page, StringComparison.Ordinal);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("decision", decision), KeyValuePair.Create("reason", reason)]);
        using var response = await browser.PostAsync(link, form);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<DateTimeOffset> MomentAsync(TestWorld world, string stack, Func<JsonNode, bool> isSo)
    {
        DateTimeOffset at = default;
        await Poll.UntilAsync($"Stack {stack}", RunningWaybill.Patience, async token =>
        {
            var read = await world.Cluster.CustomObjects.GetNamespacedCustomObjectAsync<JsonObject>("pulumi.com", "v1", "default", "stacks", stack, token);
            at = DateTimeOffset.UtcNow;
            return isSo(read);
        });
        return at;
    }
}
