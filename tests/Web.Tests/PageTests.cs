using System.Net;
using System.Net.Http.Headers;
using Waybill.Domain.Promotions;
using Waybill.Web.Routing;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class PageTests
{
    private const string Attack = "<script>alert('x')</script> \" onload=\"y";

    [Fact]
    public async Task The_only_project_is_where_the_dashboard_begins()
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.GetAsync(new Uri("/", UriKind.Relative));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/projects/shop", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Several_projects_are_listed_with_what_their_stages_hold()
    {
        await using var world = await WebWorld.StartAsync([SamplePipeline.Create(), SamplePipeline.Create("zoo")]);
        await world.TravelAsync("Add a cart");

        var page = await world.Client.GetPageAsync("/");

        Assert.Contains("href=\"/projects/zoo\"", page, StringComparison.Ordinal);
        Assert.Contains("Add a cart", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pipeline_shows_stages_in_order_with_what_they_hold_and_wait_for()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();

        var page = await world.Client.GetPageAsync("/projects/shop");

        int[] order = [.. new[] { "stage-dev", "stage-canary", "stage-staging", "stage-prod" }.Select(id => page.IndexOf($"id=\"{id}\"", StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, order);
        Assert.Equal(order.Order(), order);
        Assert.Contains("Waits for approval", page, StringComparison.Ordinal);
        Assert.Contains("0 of 2 approvals", page, StringComparison.Ordinal);
        Assert.Contains("title=\"Auto-promotion is enabled\"", page, StringComparison.Ordinal);
        Assert.Contains($"/projects/shop/promotions/{promotion.Name}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_decide_finds_their_link_and_nobody_else_does()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();
        using var other = world.Anonymous();
        other.DefaultRequestHeaders.Add(HeaderViewer.User, "eve@example.com");

        foreach (var path in new[] { "/projects/shop", "/projects/shop/stages/prod", $"/projects/shop/promotions/{promotion.Name}" })
        {
            Assert.Contains("href=\"/approvals/", await world.Client.GetPageAsync(path), StringComparison.Ordinal);
            Assert.DoesNotContain("/approvals/", await other.GetPageAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_may_only_look_sees_no_buttons()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync();
        world.Client.DefaultRequestHeaders.Add(HeaderViewer.MayLook, "1");

        foreach (var path in Paths(promotion))
        {
            Assert.DoesNotContain("<form", await world.Client.GetPageAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_others_wrote_is_never_markup()
    {
        await using var world = await WebWorld.StartAsync();
        var promotion = await world.AskForProdAsync(Attack);
        using var aborted = await world.Client.PostFormAsync($"/projects/shop/promotions/{promotion.Name}/abort", ("reason", Attack));
        await world.SettleAsync();

        Assert.Equal(HttpStatusCode.SeeOther, aborted.StatusCode);
        foreach (var path in Paths(promotion))
        {
            var page = await world.Client.GetPageAsync(path);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("onload=\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Outputs_of_steps_are_shown_as_text()
    {
        await using var world = await WebWorld.StartAsync();
        await world.TravelAsync("Add a cart");
        var name = (string)(await world.Client.GetJsonAsync("/api/projects/shop/promotions?stage=dev"))["items"]![0]!["name"]!;

        var page = await world.Client.GetPageAsync($"/projects/shop/promotions/{name}");

        Assert.Contains("done &lt;b&gt;well&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Successful", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_loaded_from_elsewhere_and_nothing_is_inline()
    {
        await using var world = await WebWorld.StartAsync(demo: new ListedDemo());
        var promotion = await world.AskForProdAsync();

        foreach (var path in Paths(promotion))
        {
            var page = await world.Client.GetPageAsync(path);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<style", page, StringComparison.Ordinal);
            Assert.DoesNotContain("src=\"http", page, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"<link[^>]+href=""http", page);
            Assert.DoesNotMatch(@"<[^>]+\son\w+=", page);
        }
    }

    [Theory]
    [InlineData("/projects/shop")]
    [InlineData("/projects/none")]
    [InlineData("/approvals/nonsense")]
    [InlineData("/api/projects")]
    [InlineData("/assets/site.css")]
    public async Task Every_answer_has_the_security_headers(string path)
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.StartsWith("default-src 'none'", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("/projects/shop")]
    [InlineData("/assets/site.css")]
    [InlineData("/assets/site.js")]
    [InlineData("/assets/icon.svg")]
    public async Task What_did_not_change_is_not_sent_again(string path)
    {
        await using var world = await WebWorld.StartAsync();
        using var first = await world.Client.GetAsync(new Uri(path, UriKind.Relative));

        using var same = await AskAgainAsync(world.Client, path, first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_that_changed_is_sent_again()
    {
        await using var world = await WebWorld.StartAsync();
        using var first = await world.Client.GetAsync(new Uri("/projects/shop", UriKind.Relative));

        await world.PushAsync("Add a cart");
        using var changed = await AskAgainAsync(world.Client, "/projects/shop", first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData("/projects/none")]
    [InlineData("/projects/shop/stages/none")]
    [InlineData("/projects/shop/freight/none")]
    [InlineData("/projects/shop/promotions/none")]
    [InlineData("/projects/none/audit")]
    [InlineData("/assets/none.css")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        await using var world = await WebWorld.StartAsync();

        Assert.Contains("There is no such thing", await world.Client.GetPageAsync(path, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_refused_says_why()
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.PushAsync("Add a cart");

        using var response = await world.Client.PostFormAsync("/projects/shop/stages/prod/promotions", ("freight", freight));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("Not verified in staging yet.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_promote_approve_and_retry()
    {
        await using var world = await WebWorld.StartAsync();
        var freight = await world.PushAsync("Break it");

        using var approved = await world.Client.PostFormAsync($"/projects/shop/freight/{freight}/approvals", ("stage", "prod"), ("reason", "outage"));
        using var promoted = await world.Client.PostFormAsync("/projects/shop/stages/canary/promotions", ("freight", freight));
        await world.SettleAsync();
        var failed = promoted.Headers.Location!.OriginalString;
        using var retried = await world.Client.PostFormAsync($"{failed}/retry");

        Assert.Equal($"/projects/shop/freight/{freight}", approved.Headers.Location?.OriginalString);
        Assert.Contains("Approved by ada@example.com", await world.Client.GetPageAsync(approved.Headers.Location!.OriginalString), StringComparison.Ordinal);
        Assert.Contains("pulumi up exited with 255", await world.Client.GetPageAsync(failed), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, retried.StatusCode);
        Assert.Contains("Retry of", await world.Client.GetPageAsync(retried.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulated_world_has_buttons_that_push()
    {
        var demo = new ListedDemo();
        await using var world = await WebWorld.StartAsync(demo: demo);

        var page = await world.Client.GetPageAsync("/projects/shop");
        using var pushed = await world.Client.PostFormAsync("/demo/push", ("failing", "false"));
        using var failing = await world.Client.PostFormAsync("/demo/push", ("failing", "true"));

        Assert.Contains("Push a failing commit", page, StringComparison.Ordinal);
        Assert.Contains("curl -fsS -d failing=false http://localhost/demo/push", page, StringComparison.Ordinal);
        Assert.Equal([false, true], demo.Pushes);
        Assert.Equal("/projects/shop", pushed.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_real_world_has_none()
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.PostFormAsync("/demo/push", ("failing", "false"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("/demo/push", await world.Client.GetPageAsync("/projects/shop"), StringComparison.Ordinal);
    }

    private static string[] Paths(Promotion promotion) =>
    [
        "/projects/shop",
        "/projects/shop/stages/staging",
        "/projects/shop/stages/prod",
        $"/projects/shop/freight/{promotion.Freight.Id}",
        $"/projects/shop/promotions/{promotion.Name}",
    ];

    private static async Task<HttpResponseMessage> AskAgainAsync(HttpClient client, string path, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request);
    }
}
