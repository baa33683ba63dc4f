using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Waybill.TestStores;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class RefusalTests
{
    private const string Shop = "/api/projects/shop";
    private const string Nobody = "0000000000000000000000000000000000000000";

    [Theory]
    [InlineData("/api/projects/none/stages")]
    [InlineData("/api/projects/none/freight")]
    [InlineData("/api/projects/none/promotions")]
    [InlineData("/api/projects/none/audit")]
    [InlineData("/api/projects/..%2F..%2Fetc/stages")]
    [InlineData($"{Shop}/stages/none")]
    [InlineData($"{Shop}/freight/{Nobody}")]
    [InlineData($"{Shop}/freight/no-such-alias")]
    [InlineData($"{Shop}/freight/%01")]
    [InlineData($"{Shop}/freight?stage=none")]
    [InlineData($"{Shop}/freight?warehouse=none")]
    [InlineData($"{Shop}/promotions?stage=none")]
    [InlineData($"{Shop}/promotions/none")]
    [InlineData($"{Shop}/promotions/a%7Cb.01kafqe2w00000000000000000.abc")]
    public async Task What_is_not_there_is_404(string path)
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative));

        await response.ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("/freight?limit=0")]
    [InlineData("/freight?limit=101")]
    [InlineData("/freight?limit=-1")]
    [InlineData("/freight?limit=many")]
    [InlineData("/freight?continue=%25%25")]
    [InlineData("/freight?continue=bm9uc2Vuc2U")]
    [InlineData("/promotions?continue=nonsense!")]
    [InlineData("/audit?continue=zzz")]
    public async Task A_page_that_cannot_be_is_400(string path)
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.GetAsync(new Uri(Shop + path, UriKind.Relative));

        await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"freight":""}""")]
    [InlineData("""{"freight":7}""")]
    [InlineData("""{"freight":"a","stage":"prod"}""")]
    public async Task A_body_that_is_not_what_is_expected_is_400(string body)
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.PostJsonAsync($"{Shop}/stages/dev/promotions", body);

        await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
    }

    [Fact]
    public async Task A_body_of_another_kind_is_415()
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.PostFormAsync($"{Shop}/stages/dev/promotions", ("freight", "a"));

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_413()
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.PostJsonAsync($"{Shop}/stages/dev/promotions", $$"""{"freight":"{{new string('a', 64 * 1024)}}"}""");

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("/stages/none/promotions", """{"freight":"x"}""", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/stages/dev/promotions", """{"freight":"x"}""", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/stages/prod/promotions", """{"freight":"ID"}""", HttpStatusCode.Conflict, "not-available")]
    [InlineData("/stages/canary/promotions", """{"freight":"ID","retryOf":"none"}""", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/freight/ID/approvals", """{"stage":"none"}""", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/freight/x/approvals", """{"stage":"prod"}""", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/freight/ID/approvals", """{"reason":"why"}""", HttpStatusCode.BadRequest, "malformed-request")]
    [InlineData("/promotions/none/abort", "{}", HttpStatusCode.NotFound, "not-found")]
    [InlineData("/promotions/none/retry", "{}", HttpStatusCode.NotFound, "not-found")]
    public async Task What_the_engine_refuses_has_its_status(string path, string body, HttpStatusCode status, string kind)
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.PushAsync("Add a cart");

        using var response = await world.Client.PostJsonAsync(Shop + path.Replace("ID", freight, StringComparison.Ordinal), body.Replace("ID", freight, StringComparison.Ordinal));

        await response.ProblemAsync(status, kind);
    }

    [Fact]
    public async Task What_is_under_way_is_neither_promoted_nor_retried_again()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();

        using var promoted = await world.Client.PostJsonAsync($"{Shop}/stages/prod/promotions", $$"""{"freight":"{{promotion.Freight.Id}}"}""");
        using var retried = await world.Client.PostAsync(new Uri($"{Shop}/promotions/{promotion.Name}/retry", UriKind.Relative), null);

        await promoted.ProblemAsync(HttpStatusCode.Conflict, "already-promoting");
        await retried.ProblemAsync(HttpStatusCode.UnprocessableEntity, "not-possible");
    }

    [Theory]
    [InlineData("/api/projects/shop/stages")]
    [InlineData("/api/projects/shop/freight")]
    [InlineData("/api/projects/shop/audit")]
    public async Task While_the_store_is_down_the_API_says_when_to_try_again(string path)
    {
        await using var world = await WebWorld.StartAsync();
        world.Faults.IsDown = true;

        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative));

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Whoever_always_loses_to_other_writers_is_told_so()
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.TravelAsync("Add a cart");
        for (var commit = 1; commit <= 20; commit++)
        {
            world.Faults.OnCommit(commit, StoreFault.Conflict);
        }

        using var response = await world.Client.PostJsonAsync($"{Shop}/freight/{freight}/approvals", """{"stage":"prod"}""");

        await response.ProblemAsync(HttpStatusCode.Conflict, "busy");
    }

    [Fact]
    public async Task Programs_with_a_bearer_token_need_not_be_same_origin()
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.PushAsync("Add a cart");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Shop}/stages/canary/promotions")
        {
            Content = new StringContent($$"""{"freight":"{{freight}}"}""", Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "token") },
        };
        request.Headers.Add("Origin", "https://tools.example.com");

        using var response = await world.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }
}
