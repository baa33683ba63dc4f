using System.Net;
using System.Net.Http.Json;
using Waybill.Domain.Analysis;
using Waybill.Domain.Pipelines;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class VerificationTests
{
    private const string Dev = "/api/projects/shop/stages/dev";

    [Fact]
    public async Task A_stage_is_verified_again_and_its_page_shows_every_measurement()
    {
        await using var world = await WebWorld.StartAsync([WithAnalysis()]);
        await world.TravelAsync("Add a cart");

        using var answer = await world.Client.PostAsJsonAsync($"{Dev}/verification", new { reason = "looks odd" });
        await world.SettleAsync();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var promotion = await world.Client.GetJsonAsync($"/api/projects/shop/promotions/{(await answer.JsonAsync())["name"]}");
        Assert.Equal("Error", (string?)promotion["verification"]!["phase"]);
        Assert.Equal([WebWorld.Ada, "waybill"], promotion["verification"]!["runs"]!.AsArray().Select(r => (string?)r!["actor"]));
        var page = await world.Client.GetStringAsync(new Uri($"/projects/shop/promotions/{promotion["name"]}", UriKind.Relative));
        Assert.Contains("The url is not an absolute http or https address.", page, StringComparison.Ordinal);
        Assert.Contains("Verify again", await world.Client.GetStringAsync(new Uri("/projects/shop/stages/dev", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verification_that_waits_is_stopped_from_its_page()
    {
        await using var world = await WebWorld.StartAsync([WithAnalysis(TimeSpan.FromMinutes(5))]);
        await world.TravelAsync("Add a cart");
        var page = await world.Client.GetStringAsync(new Uri("/projects/shop/stages/dev", UriKind.Relative));

        using var answer = await world.Client.PostAsync(new Uri("/projects/shop/stages/dev/verification/abort", UriKind.Relative), new FormUrlEncodedContent([]));
        await world.SettleAsync();

        Assert.Contains("Abort the verification", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("Aborted by ada@example.com.", await world.Client.GetStringAsync(answer.Headers.Location), StringComparison.Ordinal);
        var audit = (await world.Client.GetJsonAsync("/api/projects/shop/audit"))["items"]!.AsArray();
        Assert.Equal("VerificationAborted", (string?)audit[0]!["action"]);
    }

    [Fact]
    public async Task What_can_t_be_verified_or_stopped_is_a_problem()
    {
        await using var world = await WebWorld.StartAsync();

        using var nothing = await world.Client.PostAsync(new Uri($"{Dev}/verification", UriKind.Relative), null);
        using var idle = await world.Client.PostAsync(new Uri($"{Dev}/verification/abort", UriKind.Relative), null);
        using var unknown = await world.Client.PostAsync(new Uri("/api/projects/shop/stages/dve/verification", UriKind.Relative), null);

        Assert.Equal(
            [HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound], new[] { nothing, idle, unknown }.Select(a => a.StatusCode));
    }

    private static Pipeline WithAnalysis(TimeSpan initialDelay = default)
    {
        // An address that is none: nothing is asked, and the error is there at once.
        var metric = new MetricSpec { Name = "up", InitialDelay = initialDelay, ConsecutiveErrorLimit = 0, Provider = new WebMetric { Url = "nowhere" } };
        var pipeline = SamplePipeline.Create();
        return pipeline with
        {
            Stages = [.. pipeline.Stages.Select(s => s.Name == "dev" ? s with { Analysis = new AnalysisPlan { Templates = ["up"], Metrics = [metric] } } : s)],
        };
    }
}
