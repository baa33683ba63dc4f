using System.Net;
using System.Text.Json.Nodes;
using Waybill.Domain.Pipelines;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

/// <summary>Freight that people make of discovered commits.</summary>
public sealed class AssemblyTests
{
    private const string Warehouse = $"/api/projects/{SamplePipeline.Project}/warehouses/{SamplePipeline.Warehouse}";

    [Fact]
    public async Task Manual_commits_wait_until_a_person_makes_freight_of_the_one_they_chose()
    {
        await using var world = await WorldAsync(FreightCreationPolicy.Manual);
        await world.Client.SendAsync(Deliveries.Push("One"));
        await world.Client.SendAsync(Deliveries.Push("Two"));
        await world.SettleAsync();
        var commits = (await world.Client.GetJsonAsync(Warehouse))["subscriptions"]![0]!["commits"]!.AsArray();
        Assert.Equal(["Two", "One"], commits.Select(c => (string?)c!["subject"]));
        Assert.Empty((await world.Client.GetJsonAsync($"/api/projects/{SamplePipeline.Project}/freight"))["items"]!.AsArray());

        using var response = await world.Client.PostJsonAsync($"{Warehouse}/freight", Choose((string)commits[1]!["id"]!));
        var freight = await response.JsonAsync();
        await world.SettleAsync();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/api/projects/{SamplePipeline.Project}/freight/{freight["id"]}", response.Headers.Location?.ToString());
        Assert.Equal("One", (string?)freight["commits"]![0]!["subject"]);
        Assert.NotNull((await world.Client.GetJsonAsync(response.Headers.Location!.ToString()))["verifiedIn"]!["dev"]);
        var entry = (await world.Client.GetJsonAsync($"/api/projects/{SamplePipeline.Project}/audit"))["items"]!.AsArray().Last()!;
        Assert.Equal(("FreightCreated", WebWorld.Ada), ((string?)entry["action"], (string?)entry["actor"]));
    }

    [Fact]
    public async Task The_same_commits_again_are_the_same_freight()
    {
        await using var world = await WorldAsync(FreightCreationPolicy.Manual);
        await world.Client.SendAsync(Deliveries.Push("One"));
        using var first = await world.Client.PostJsonAsync($"{Warehouse}/freight", "{}");
        using var second = await world.Client.PostJsonAsync($"{Warehouse}/freight", "{}");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal((string?)(await first.JsonAsync())["id"], (string?)(await second.JsonAsync())["id"]);
        Assert.Single((await world.Client.GetJsonAsync($"/api/projects/{SamplePipeline.Project}/audit"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Automatic_freight_can_be_made_of_a_commit_in_the_middle_of_a_push()
    {
        await using var world = await WorldAsync(FreightCreationPolicy.Automatic);
        using var push = Deliveries.Push("Newest", earlier: ["Oldest", "Middle"]);
        await world.Client.SendAsync(push);
        var commits = (await world.Client.GetJsonAsync(Warehouse))["subscriptions"]![0]!["commits"]!.AsArray();
        Assert.Equal(["Newest", "Middle", "Oldest"], commits.Select(c => (string?)c!["subject"]));

        using var response = await world.Client.PostJsonAsync($"{Warehouse}/freight", Choose(((string)commits[1]!["id"]!)[..10]));

        Assert.Equal("Middle", (string?)(await response.JsonAsync())["commits"]![0]!["subject"]);
        Assert.Equal(2, (await world.Client.GetJsonAsync($"/api/projects/{SamplePipeline.Project}/freight"))["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"commits": [{"repoURL": "https://github.com/example/other", "id": "abc"}]}""", 422, "not-possible", "It watches https://github.com/example/shop.git")]
    [InlineData("""{"commits": [{"repoURL": "https://github.com/example/shop", "id": "0000000"}]}""", 422, "not-possible", "was not discovered. Those that were:")]
    [InlineData("""{"commits": [{"repoURL": "https://github.com/example/shop", "id": "ONE"}, {"repoURL": "git@github.com:example/shop.git", "id": "ONE"}]}""", 422, "not-possible", "leave one out")]
    [InlineData("""{"commits": [{"repoURL": "https://github.com/example/shop"}]}""", 400, "malformed-request", "commits[0].id")]
    [InlineData("""{"commits": [null]}""", 400, "malformed-request", "commits[0].repoURL")]
    [InlineData("""{"commit": []}""", 400, "malformed-request", "commit")]
    public async Task What_can_not_be_assembled_is_refused_with_the_reason(string body, int status, string kind, string detail)
    {
        await using var world = await WorldAsync(FreightCreationPolicy.Manual);
        await world.Client.SendAsync(Deliveries.Push("One"));
        var id = (string)(await world.Client.GetJsonAsync(Warehouse))["subscriptions"]![0]!["newest"]!["id"]!;

        using var response = await world.Client.PostJsonAsync($"{Warehouse}/freight", body.Replace("ONE", id, StringComparison.Ordinal));

        Assert.Contains(detail, (string?)(await response.ProblemAsync((HttpStatusCode)status, kind))["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_can_be_assembled_before_every_subscription_knows_a_commit_or_in_no_warehouse()
    {
        await using var world = await WorldAsync(FreightCreationPolicy.Manual);

        using var early = await world.Client.PostJsonAsync($"{Warehouse}/freight", "{}");
        using var nowhere = await world.Client.PostJsonAsync($"/api/projects/{SamplePipeline.Project}/warehouses/nope/freight", "{}");

        Assert.Contains("was discovered yet", (string?)(await early.ProblemAsync(HttpStatusCode.UnprocessableEntity, "not-possible"))["detail"], StringComparison.Ordinal);
        await nowhere.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_page_offers_the_discovered_commits_and_its_form_leads_to_the_freight()
    {
        await using var world = await WorldAsync(FreightCreationPolicy.Manual);
        await world.Client.SendAsync(Deliveries.Push("One <b>bold</b>"));
        await world.Client.SendAsync(Deliveries.Push("Two"));
        var page = await world.Client.GetPageAsync($"/projects/{SamplePipeline.Project}/warehouses/{SamplePipeline.Warehouse}");
        Assert.Contains("One &lt;b&gt;bold", page, StringComparison.Ordinal);
        Assert.Contains($"/projects/{SamplePipeline.Project}/warehouses/{SamplePipeline.Warehouse}", await world.Client.GetPageAsync($"/projects/{SamplePipeline.Project}"), StringComparison.Ordinal);
        var id = (string)(await world.Client.GetJsonAsync(Warehouse))["subscriptions"]![0]!["commits"]![1]!["id"]!;

        using var response = await world.Client.PostFormAsync(
            $"/projects/{SamplePipeline.Project}/warehouses/{SamplePipeline.Warehouse}/freight",
            ("repository", SamplePipeline.Repository), ("subscription", ""), ("commit", id));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("One &lt;b&gt;bold", await world.Client.GetPageAsync(response.Headers.Location!.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_discovered_commits_stay_few()
    {
        var state = new Engine.Records.SubscriptionState();
        for (var i = 0; i < 100; i++)
        {
            state = state.Discover([new() { RepoUrl = SamplePipeline.Repository, Id = $"{i:x40}" }], 100);
        }

        Assert.Equal((Engine.Records.SubscriptionState.DiscoveredLimit, $"{99:x40}"), (state.Discovered.Count, state.Discovered[0].Id));
    }

    private static string Choose(string id) =>
        new JsonObject { ["commits"] = new JsonArray(new JsonObject { ["repoURL"] = "https://github.com/example/shop", ["id"] = id }) }.ToJsonString();

    private static Task<WebWorld> WorldAsync(FreightCreationPolicy policy)
    {
        var pipeline = SamplePipeline.Create();
        return WebWorld.StartAsync([pipeline with { Warehouses = [pipeline.Warehouses[0] with { FreightCreationPolicy = policy }] }]);
    }
}
