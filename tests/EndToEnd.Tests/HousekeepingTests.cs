using Waybill.EndToEnd.Tests.Drivers;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>The one-process head clears up by itself, as the settings say.</summary>
public sealed class HousekeepingTests
{
    [Fact]
    public async Task Old_promotions_go_and_the_audit_stays()
    {
        await using var world = await PushTravelsTests.PipelineWithApprovalAsync();
        await using (var before = await RunningWaybill.StartAsync(world))
        {
            var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
            await before.VerifiedAsync("auto-staging", push.Head);
            var freight = (string)(await before.NewestPromotionAsync("auto-prod", p => (string?)p["phase"] == "Running", "a promotion"))["freight"]!["id"]!;
            for (var i = 0; i < 5; i++)
            {
                await AbortNewestAsync(before);
                await before.PromoteAsync("auto-prod", freight);
            }

            await AbortNewestAsync(before);
            Assert.Equal(6, (await before.PromotionsAsync("auto-prod")).Count);
        }

        await using var after = await RunningWaybill.StartAsync(world, null, "--Retention:PromotionsPerStage", "2", "--Retention:MinAge", "00:00:00");

        await Poll.UntilAsync("old promotions to go", RunningWaybill.Patience, async _ => (await after.PromotionsAsync("auto-prod")).Count < 6);
        Assert.InRange((await after.PromotionsAsync("auto-prod")).Count, 2, 3);
        Assert.Equal(6, (await after.AuditAsync()).Count(e => (string?)e["action"] == "PromotionAborted"));
    }

    private static async Task AbortNewestAsync(RunningWaybill waybill)
    {
        var running = await waybill.NewestPromotionAsync("auto-prod", p => (string?)p["phase"] == "Running", "a running promotion");
        using var response = await waybill.PostAsync($"api/projects/{TestWorld.Project}/promotions/{running["name"]}/abort", new { reason = "for this test" });
        response.EnsureSuccessStatusCode();
        await waybill.EndedAsync("auto-prod", "Aborted");
    }
}
