using System.Text;
using Waybill.Domain.Promotions;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Engine.PulumiCloud;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using Waybill.Engine.Webhooks;

namespace Waybill.Engine.Tests.PulumiCloud;

public sealed class PulumiWebhookReceiverTests
{
    [Theory]
    [InlineData("stack_update")]
    [InlineData("stack_preview")]
    public async Task A_promotion_that_waits_for_the_stack_looks_at_once_and_often_again(string kind)
    {
        await using var world = await WorldAsync();
        var promotion = await WaitingAsync(world);
        var next = (await world.AdvanceAsync(promotion)).Until!.Value;
        world.Driver.Forget();
        world.Driver.Wakes.Clear();

        var result = await ReceiveAsync(world, Body("acme", "shop", "dev"), kind);
        var directive = PromotionDecider.Next(await world.LoadAsync(promotion), world.Time.GetUtcNow());

        Assert.Equal((IngestOutcome.Accepted, DirectiveKind.ExecuteStep), (result.Outcome, directive.Kind));
        Assert.True(next > world.Time.GetUtcNow());
        Assert.Equal([promotion.Name], world.Driver.Driven);
        Assert.Equal([WakeReason.RunEnded], world.Driver.Wakes);
        Assert.Equal(PollSchedule.Shortest, (await world.AdvanceAsync(promotion)).Until - world.Time.GetUtcNow());
    }

    [Fact]
    public async Task Coming_twice_or_long_after_the_end_it_does_no_harm()
    {
        await using var world = await WorldAsync();
        var promotion = await WaitingAsync(world);
        await ReceiveAsync(world, Body("acme", "shop", "dev"));
        await ReceiveAsync(world, Body("acme", "shop", "dev"));
        world.Cluster.End("dev");
        await world.FinishAsync(promotion);

        var late = await ReceiveAsync(world, Body("acme", "shop", "dev"));

        Assert.Equal(IngestOutcome.Ignored, late.Outcome);
        Assert.Equal(PromotionPhase.Succeeded, (await world.LoadAsync(promotion)).Phase);
    }

    [Theory]
    [InlineData("acme", "shop", "prod")]
    [InlineData("stranger", "shop", "dev")]
    public async Task A_stack_that_nobody_waits_for_wakes_nobody(string organization, string project, string stack)
    {
        await using var world = await WorldAsync();
        await WaitingAsync(world);
        world.Driver.Forget();

        var result = await ReceiveAsync(world, Body(organization, project, stack));

        Assert.Equal((IngestOutcome.Ignored, 0), (result.Outcome, world.Driver.Driven.Count));
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("deployment")]
    [InlineData("something_new")]
    public async Task Other_kinds_are_accepted_and_left_alone(string kind)
    {
        await using var world = await WorldAsync();

        Assert.Equal(IngestOutcome.Ignored, (await ReceiveAsync(world, "{}", kind)).Outcome);
        Assert.Equal(0, world.Rows.RoundTrips);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"organization":{"name":"../.."},"projectName":"shop","stackName":"dev"}""")]
    public async Task A_signed_body_that_names_no_stack_is_malformed(string body)
    {
        await using var world = await WorldAsync();

        Assert.Equal(IngestOutcome.Malformed, (await ReceiveAsync(world, body)).Outcome);
        Assert.Equal(0, world.Rows.RoundTrips);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    public async Task Unsigned_or_forged_it_costs_nothing_and_moves_nothing(string? signature)
    {
        await using var world = await WorldAsync();
        await WaitingAsync(world);
        world.Rows.Reset();
        world.Driver.Forget();

        var result = await world.PulumiWebhooks.ReceiveAsync("stack_update", signature, Encoding.UTF8.GetBytes(Body("acme", "shop", "dev")), default);

        Assert.Equal((IngestOutcome.BadSignature, 0, 0), (result.Outcome, world.Rows.RoundTrips, world.Driver.Driven.Count));
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_believed()
    {
        await using var world = await WorldAsync();
        var receiver = new PulumiWebhookReceiver(new PulumiWebhookSecrets([]), world.Pipelines, world.Store, world.Driver, world.Time);

        var result = await receiver.ReceiveAsync("stack_update", PulumiSignature.Sign("", "{}"u8), "{}"u8.ToArray(), default);

        Assert.Equal(IngestOutcome.NotConfigured, result.Outcome);
        Assert.Contains("PulumiCloud:WebhookSecret", result.Message);
    }

    [Fact]
    public async Task It_costs_a_read_a_project_and_two_trips_a_running_promotion()
    {
        await using var world = await WorldAsync();
        await WaitingAsync(world);
        world.Rows.Reset();

        await ReceiveAsync(world, Body("acme", "shop", "dev"));

        Assert.Equal(3, world.Rows.RoundTrips);
    }

    private static Task<IngestResult> ReceiveAsync(World world, string body, string kind = "stack_update")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return world.PulumiWebhooks.ReceiveAsync(kind, PulumiSignature.Sign(Cloud.WebhookSecret, bytes), bytes, default);
    }

    private static string Body(string organization, string project, string stack) =>
        $$"""{"organization":{"name":"Acme Inc.","githubLogin":"{{organization}}"},"projectName":"{{project}}","stackName":"{{stack}}","result":"succeeded"}""";

    private static async Task<World> WorldAsync()
    {
        var world = await World.WithAsync(A.Stage("dev", A.Direct, A.StackUpdate("dev")));
        world.Cluster.AddStack("dev", $"{A.Project}:dev");
        world.Rows.Reset();
        return world;
    }

    /// <summary>A promotion whose Stack the operator has worked on for a while.</summary>
    private static async Task<Promotion> WaitingAsync(World world)
    {
        var promotion = await world.PromoteAsync(await world.FreightAsync(), "dev");
        await world.AdvanceAsync(promotion);
        world.Cluster.Observe("dev");
        world.Cluster.HasUpdate("dev-2", new(IsComplete: false, IsFailed: false, "at it"));
        for (var looks = 0; looks < 12; looks++)
        {
            world.Time.Advance((await world.AdvanceAsync(promotion)).Until!.Value - world.Time.GetUtcNow());
        }

        await world.AdvanceAsync(promotion);
        return promotion;
    }
}
