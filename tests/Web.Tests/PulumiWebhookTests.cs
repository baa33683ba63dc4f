using System.Net;
using System.Text;
using Waybill.Engine.Webhooks;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class PulumiWebhookTests
{
    private const string Body = """{"organization":{"githubLogin":"acme"},"projectName":"shop","stackName":"dev"}""";

    [Fact]
    public async Task A_signed_webhook_about_a_stack_that_nobody_knows_is_answered_202()
    {
        await using var world = await WebWorld.StartAsync();
        using var webhook = Webhook(Body);

        using var response = await world.Anonymous().SendAsync(webhook);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("Ignored", (string?)(await response.JsonAsync())["outcome"]);
    }

    [Theory]
    [InlineData("guessed")]
    [InlineData(null)]
    public async Task Forged_or_unsigned_it_is_refused_without_touching_the_store(string? secret)
    {
        await using var world = await WebWorld.StartAsync();
        using var webhook = Webhook(Body, secret: secret);

        using var response = await world.Anonymous().SendAsync(webhook);

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "bad-signature");
        Assert.Equal(0, world.Counts.RoundTrips);
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_believed()
    {
        await using var world = await WebWorld.StartAsync(secrets: []);
        using var webhook = Webhook(Body);

        using var response = await world.Anonymous().SendAsync(webhook);

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "webhook-not-configured");
    }

    [Fact]
    public async Task A_missing_header_is_named_and_what_can_t_be_read_is_malformed()
    {
        await using var world = await WebWorld.StartAsync();
        using var unnamed = Webhook(Body, kind: null);
        using var garbled = Webhook("not json");

        using var missing = await world.Anonymous().SendAsync(unnamed);
        using var malformed = await world.Anonymous().SendAsync(garbled);

        Assert.Contains("Pulumi-Webhook-Kind", (string?)(await missing.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request"))["detail"], StringComparison.Ordinal);
        await malformed.ProblemAsync(HttpStatusCode.BadRequest, "malformed-delivery");
    }

    [Fact]
    public async Task Two_megabytes_are_refused()
    {
        await using var world = await WebWorld.StartAsync();
        using var webhook = Webhook(new string('x', 2_000_000));

        using var response = await world.Anonymous().SendAsync(webhook);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    private static HttpRequestMessage Webhook(string body, string? secret = WebWorld.Secret, string? kind = "stack_update")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/pulumi") { Content = new ByteArrayContent(bytes) };
        if (kind is not null)
        {
            request.Headers.Add("Pulumi-Webhook-Kind", kind);
        }

        if (secret is not null)
        {
            request.Headers.Add(PulumiSignature.HeaderName, PulumiSignature.Sign(secret, bytes));
        }

        return request;
    }
}
