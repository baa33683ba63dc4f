using System.Net;
using Waybill.Engine.Tests.Costs;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class WebhookTests
{
    [Fact]
    public async Task A_push_is_accepted_with_its_freight_and_its_redelivery_is_a_duplicate()
    {
        await using var world = await WebWorld.StartAsync();

        using var first = await world.Client.SendAsync(Deliveries.Push("Add a cart", "d-1"));
        using var again = await world.Client.SendAsync(Deliveries.Push("Add a cart", "d-1"));

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Single((await first.JsonAsync())["freight"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("Duplicate", (string?)(await again.JsonAsync())["outcome"]);
    }

    [Fact]
    public async Task A_push_and_its_redelivery_cost_what_the_page_of_costs_says()
    {
        await using var world = await WebWorld.StartAsync();
        await world.PushAsync("Open the shop");
        world.Counts.Reset();

        using var first = await world.Client.SendAsync(Deliveries.Push("Add a cart", "d-1"));
        var pushed = world.Counts.RoundTrips;
        world.Counts.Reset();
        using var again = await world.Client.SendAsync(Deliveries.Push("Add a cart", "d-1"));

        Assert.InRange(pushed, 1, CostCounts.Of("push.round-trips"));
        Assert.Equal(CostCounts.Of("redelivery.round-trips"), world.Counts.RoundTrips);
    }

    [Fact]
    public async Task What_is_genuine_but_brings_nothing_is_answered_202()
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.SendAsync(Deliveries.Of("ping", """{"zen":"Design for failure."}"""));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("Ignored", (string?)(await response.JsonAsync())["outcome"]);
    }

    [Fact]
    public async Task A_forged_delivery_is_refused_without_touching_the_store()
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.SendAsync(Deliveries.Of("push", "{}", secret: "guessed"));

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "bad-signature");
        Assert.Equal(0, world.Counts.RoundTrips);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_signed_body_that_is_no_push_is_malformed(string body)
    {
        await using var world = await WebWorld.StartAsync();

        using var response = await world.Client.SendAsync(Deliveries.Of("push", body));

        await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed-delivery");
    }

    [Theory]
    [InlineData("X-GitHub-Event")]
    [InlineData("X-GitHub-Delivery")]
    public async Task A_missing_header_is_named(string header)
    {
        await using var world = await WebWorld.StartAsync();
        using var delivery = Deliveries.Push("Add a cart");
        delivery.Headers.Remove(header);

        using var response = await world.Client.SendAsync(delivery);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed-request");
        Assert.Contains(header, (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Thirty_megabytes_are_refused_announced_or_not(bool announced)
    {
        await using var world = await WebWorld.StartAsync();
        using var delivery = Deliveries.Push("Add a cart");
        delivery.Content = announced ? new ByteArrayContent(new byte[30_000_000]) : new StreamContent(new Endless());

        using var response = await world.Client.SendAsync(delivery);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_believed()
    {
        await using var world = await WebWorld.StartAsync(secrets: []);

        using var response = await world.Client.SendAsync(Deliveries.Push("Add a cart"));

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "webhook-not-configured");
    }

    [Fact]
    public async Task While_the_store_is_down_GitHub_is_told_to_try_again()
    {
        await using var world = await WebWorld.StartAsync();
        world.Faults.IsDown = true;

        using var response = await world.Client.SendAsync(Deliveries.Push("Add a cart"));

        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
    }

    /// <summary>A body that never ends and never says how long it is.</summary>
    private sealed class Endless : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
