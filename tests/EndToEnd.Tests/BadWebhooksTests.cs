using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Webhooks;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>Webhooks as nobody wants them: forged, cut, huge, not JSON, sent again, sent fifty times at once, out of order.</summary>
public sealed class BadWebhooksTests
{
    [Fact]
    public async Task What_is_not_believed_or_not_read_is_refused_and_changes_nothing()
    {
        await using var world = await OneStageAsync();
        await using var waybill = await RunningWaybill.StartAsync(world);
        var body = Encoding.UTF8.GetBytes("""{"ref":"refs/heads/main"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(waybill, body, signature: GitHubSignature.Sign("another secret entirely", body)));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(waybill, body[..^1], signature: Signed(body)));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(waybill, body, signature: null));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(waybill, Encoding.UTF8.GetBytes("no JSON at all")));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(waybill, body));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(waybill, body, delivery: null));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(waybill, body, type: "issues"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(waybill, body, type: "ping"));

        Assert.Empty((await waybill.GetAsync($"api/projects/{TestWorld.Project}/freight"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Thirty_megabytes_are_too_much()
    {
        await using var world = await OneStageAsync();
        await using var waybill = await RunningWaybill.StartAsync(world);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(waybill, new byte[30 * 1024 * 1024], signature: "sha256=00"));
    }

    [Fact]
    public async Task One_delivery_is_one_freight_and_one_promotion_however_often_it_comes()
    {
        await using var world = await OneStageAsync();
        await using var waybill = await RunningWaybill.StartAsync(world);
        var push = await world.Program.PushAsync("main", "Serve the site", "index.ts");
        var delivery = push.Deliveries[0];

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.GitHub.RedeliverAsync(delivery.Id)));
        var again = await world.GitHub.RedeliverAsync(delivery.Id);
        await waybill.VerifiedAsync("auto-dev", push.Head);

        Assert.Equal(200, again.Status);
        Assert.Single((await waybill.GetAsync($"api/projects/{TestWorld.Project}/freight"))["items"]!.AsArray());
        Assert.Single(await waybill.PromotionsAsync("auto-dev"));
        Assert.Single(await waybill.AuditAsync(), e => (string?)e["action"] == "FreightCreated");
    }

    [Fact]
    public async Task A_new_delivery_fifty_times_at_once_is_one_freight()
    {
        await using var world = await OneStageAsync();
        var body = await BodyOfAPushAsync(world);
        await using var waybill = await RunningWaybill.StartAsync(world);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(waybill, body, delivery: "11111111-2222-3333-4444-555555555555")));

        Assert.All(answers, a => Assert.True(a is HttpStatusCode.Accepted or HttpStatusCode.OK, a.ToString()));
        Assert.Equal(49, answers.Count(a => a is HttpStatusCode.OK));
        Assert.Single((await waybill.GetAsync($"api/projects/{TestWorld.Project}/freight"))["items"]!.AsArray());
    }

    private static async Task<byte[]> BodyOfAPushAsync(TestWorld world)
    {
        // Delivered to the test, before Waybill is there, so that the test can deliver it.
        var port = LoopbackPort.FindFree();
        using var elsewhere = new HttpListener();
        elsewhere.Prefixes.Add($"http://127.0.0.1:{port}/");
        elsewhere.Start();
        world.GitHub.RegisterHook(new Uri($"http://127.0.0.1:{port}/"), TestWorld.WebhookSecret);
        var pushing = world.Program.PushAsync("main", "Tag the bucket", "tags.ts");
        var context = await elsewhere.GetContextAsync();
        using var copy = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(copy);
        context.Response.Close();
        await pushing;
        return copy.ToArray();
    }

    private static async Task<TestWorld> OneStageAsync()
    {
        var world = await TestWorld.CreateAsync();
        world.WriteManifests(Manifest.Pipeline(Manifest.Stage("auto-dev", "dev")));
        await world.CreateStackAsync("dev", $"{TestWorld.Project}:auto-dev");
        return world;
    }

    private static string Signed(byte[] body) => GitHubSignature.Sign(TestWorld.WebhookSecret, body);

    private static Task<HttpStatusCode> SendAsync(RunningWaybill waybill, byte[] body, string? delivery = "d", string type = "push") =>
        SendAsync(waybill, body, Signed(body), delivery, type);

    private static async Task<HttpStatusCode> SendAsync(
        RunningWaybill waybill, byte[] body, string? signature, string? delivery = "d", string type = "push")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("webhooks/github", UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = true;
        request.Headers.Add("X-GitHub-Event", type);
        if (delivery is not null)
        {
            request.Headers.Add("X-GitHub-Delivery", delivery);
        }

        if (signature is not null)
        {
            request.Headers.Add(GitHubSignature.HeaderName, signature);
        }

        using var response = await waybill.Http.SendAsync(request);
        return response.StatusCode;
    }
}
