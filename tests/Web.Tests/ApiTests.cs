using System.Net;
using System.Text.Json.Nodes;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class ApiTests
{
    private const string Shop = "/api/projects/shop";

    [Fact]
    public async Task Health_is_ok_while_the_store_answers()
    {
        await using var world = await WebWorld.StartAsync();
        using var client = world.Anonymous();

        Assert.Equal("ok", (string?)(await client.GetJsonAsync("/healthz"))["status"]);

        world.Faults.IsDown = true;
        using var down = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        await down.ProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
    }

    [Fact]
    public async Task Projects_are_listed_with_their_stages()
    {
        await using var world = await WebWorld.StartAsync([SamplePipeline.Create("zoo"), SamplePipeline.Create("shop")]);

        var projects = (await world.Client.GetJsonAsync("/api/projects"))["items"]!.AsArray();

        Assert.Equal(["shop", "zoo"], projects.Select(p => (string?)p!["name"]));
        Assert.Equal(["dev", "canary", "staging", "prod"], projects[0]!["stages"]!.AsArray().Select(s => (string?)s));
    }

    [Fact]
    public async Task Freight_says_where_it_is_and_whether_a_stage_can_take_it()
    {
        await using var world = await WebWorld.StartAsync();
        var id = await world.TravelAsync("Add a cart");

        var freight = (await world.Client.GetJsonAsync($"{Shop}/freight?stage=prod&warehouse=app"))["items"]![0]!;

        Assert.Equal(id, (string?)freight["id"]);
        Assert.Equal("Add a cart", (string?)freight["commits"]![0]!["subject"]);
        Assert.Equal(["dev", "staging"], freight["verifiedIn"]!.AsObject().Select(v => v.Key).Order());
        Assert.True((bool?)freight["availability"]!["available"]);
        Assert.Equal("VerifiedUpstream", (string?)freight["availability"]!["rule"]);
    }

    [Fact]
    public async Task Freight_is_found_by_its_identity_and_by_its_alias()
    {
        await using var world = await WebWorld.StartAsync();
        var id = await world.PushAsync("Add a cart");

        var byId = await world.Client.GetJsonAsync($"{Shop}/freight/{id}");
        var byAlias = await world.Client.GetJsonAsync($"{Shop}/freight/{byId["alias"]}");

        Assert.True(JsonNode.DeepEquals(byId, byAlias));
    }

    [Fact]
    public async Task A_stage_says_why_it_can_or_cannot_take_each_freight()
    {
        await using var world = await WebWorld.StartAsync();
        await world.TravelAsync("Add a cart");
        await world.PushAsync("Add a till");

        var stage = await world.Client.GetJsonAsync($"{Shop}/stages/prod");

        var freight = stage["origins"]![0]!["freight"]!.AsArray();
        Assert.Equal([false, true], freight.Select(f => (bool)f!["availability"]!["available"]!));
        Assert.Equal("Not verified in staging yet.", (string?)freight[0]!["availability"]!["reason"]);
        Assert.Equal("NotEnabled", (string?)stage["origins"]![0]!["autoPromotion"]!["rule"]);
    }

    [Fact]
    public async Task Stages_tell_their_phase_and_what_they_hold()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();

        var stages = (await world.Client.GetJsonAsync($"{Shop}/stages"))["items"]!.AsArray().ToDictionary(s => (string)s!["name"]!);

        Assert.Equal("Ready", (string?)stages["dev"]!["phase"]);
        Assert.Equal("Empty", (string?)stages["canary"]!["phase"]);
        Assert.Equal("AwaitingApproval", (string?)stages["prod"]!["phase"]);
        Assert.Equal(promotion.Freight.Id, (string?)stages["staging"]!["current"]!["app"]!["id"]);
        Assert.Equal(promotion.Name, (string?)stages["prod"]!["currentPromotion"]!["name"]);
    }

    [Fact]
    public async Task A_promotion_is_asked_for_shown_and_listed()
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.TravelAsync("Add a cart");

        using var created = await world.Client.PostJsonAsync($"{Shop}/stages/prod/promotions", $$"""{"freight":"{{freight}}"}""");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var shown = await world.Client.GetJsonAsync(created.Headers.Location!.OriginalString);
        Assert.Equal(WebWorld.Ada, (string?)shown["actor"]);
        Assert.Equal(["ask", "summary"], shown["steps"]!.AsArray().Select(s => (string?)s!["as"]));
        var listed = (await world.Client.GetJsonAsync($"{Shop}/promotions?stage=prod"))["items"]!.AsArray();
        Assert.Equal((string?)shown["name"], (string?)Assert.Single(listed)!["name"]);
    }

    [Fact]
    public async Task A_waiting_promotion_is_aborted_with_a_reason_that_the_audit_keeps()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();

        using var aborted = await world.Client.PostJsonAsync($"{Shop}/promotions/{promotion.Name}/abort", """{"reason":"wrong price"}""");
        await world.SettleAsync();

        Assert.Equal(HttpStatusCode.Accepted, aborted.StatusCode);
        Assert.Equal("Aborted", (string?)(await world.Client.GetJsonAsync($"{Shop}/promotions/{promotion.Name}"))["phase"]);
        var audit = (await world.Client.GetJsonAsync($"{Shop}/audit"))["items"]!.AsArray();
        Assert.Contains(audit, e => (string?)e!["action"] == "AbortRequested" && (string?)e["reason"] == "wrong price" && (string?)e["actor"] == WebWorld.Ada);

        using var again = await world.Client.PostAsync(new Uri($"{Shop}/promotions/{promotion.Name}/abort", UriKind.Relative), null);
        await again.ProblemAsync(HttpStatusCode.Conflict, "already-over");
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("retryOf")]
    public async Task A_failed_promotion_is_repeated_as_a_new_one(string way)
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.PushAsync("Break it");
        using var first = await world.Client.PostJsonAsync($"{Shop}/stages/canary/promotions", $$"""{"freight":"{{freight}}"}""");
        var name = (string)(await first.JsonAsync())["name"]!;
        await world.SettleAsync();

        using var retried = way is "retry"
            ? await world.Client.PostAsync(new Uri($"{Shop}/promotions/{name}/retry", UriKind.Relative), null)
            : await world.Client.PostJsonAsync($"{Shop}/stages/canary/promotions", $$"""{"freight":"{{freight}}","retryOf":"{{name}}"}""");

        Assert.Equal(HttpStatusCode.Created, retried.StatusCode);
        var retry = await retried.JsonAsync();
        Assert.Equal(name, (string?)retry["retryOf"]);
        Assert.NotEqual(name, (string?)retry["name"]);
    }

    [Fact]
    public async Task Approving_freight_lets_a_stage_take_what_upstream_has_not_verified()
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.PushAsync("Hotfix");

        using var approved = await world.Client.PostJsonAsync($"{Shop}/freight/{freight}/approvals", """{"stage":"prod","reason":"outage"}""");
        using var promoted = await world.Client.PostJsonAsync($"{Shop}/stages/prod/promotions", $$"""{"freight":"{{freight}}"}""");

        var approval = (await approved.JsonAsync())["approvedFor"]!["prod"]!;
        Assert.Equal((WebWorld.Ada, "outage"), ((string?)approval["approvedBy"], (string?)approval["reason"]));
        Assert.Equal(HttpStatusCode.Created, promoted.StatusCode);
    }
}
