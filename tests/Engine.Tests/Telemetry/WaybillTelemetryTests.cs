using System.Diagnostics;
using Waybill.Domain.Promotions;
using Waybill.Engine.Telemetry;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;

namespace Waybill.Engine.Tests.Telemetry;

public sealed class WaybillTelemetryTests
{
    [Fact]
    public async Task A_trace_goes_on_from_freight_to_its_promotion_and_all_that_is_done_for_it()
    {
        using var spans = new Spans();
        await using var world = await World.WithAsync(A.Stage("traced", A.Direct, A.Step("compose-output", """{"done":true}""")));
        var webhook = WaybillTelemetry.Begin("webhook", null)!;
        var trace = webhook.TraceId.ToString();
        var freight = await world.FreightAsync();
        await world.ChangeAsync(freight.Id, f => f with { TraceParent = WaybillTelemetry.TraceParent });
        webhook.Stop();

        var promotion = await world.PromoteAsync(freight, "traced");
        await world.Runner.AdvanceAsync(new Ports.PromotionKey(A.Project, promotion.Name), default);

        var mine = spans.Of(trace);
        Assert.Contains("promotion.Create", mine.Select(s => s.OperationName));
        Assert.Contains($"promotion.{DirectiveKind.ExecuteStep}", mine.Select(s => s.OperationName));
        Assert.Contains($"promotion.{DirectiveKind.FinishPromotion}", mine.Select(s => s.OperationName));
    }

    [Fact]
    public async Task Ended_promotions_are_counted_by_outcome_and_timed()
    {
        using var metrics = new Measurements();
        await using var world = await World.WithAsync(A.Stage("counted", A.Direct, A.Step("compose-output", """{"done":true}""")));
        var freight = await world.FreightAsync();
        var promotion = await world.PromoteAsync(freight, "counted");

        await world.Runner.AdvanceAsync(new Ports.PromotionKey(A.Project, promotion.Name), default);

        var ended = Assert.Single(metrics.Of("waybill.promotions", "counted"));
        Assert.Equal("Succeeded", ended.Tags["waybill.outcome"]);
        Assert.Equal(1, Assert.Single(metrics.Of("waybill.lead_time", "counted")).Value);
    }

    [Fact]
    public async Task Queues_are_measured_where_the_sweep_sees_them()
    {
        using var metrics = new Measurements();
        await using var world = await World.WithAsync(A.Stage("queued", A.Direct, A.Approval()));
        var freight = await world.FreightAsync();
        await world.PromoteAsync(freight, "queued");
        await world.PromoteAsync(await world.FreightAsync(), "queued");

        await world.Sweeper.SweepAsync(A.Project, default);

        Assert.Equal(1, Assert.Single(metrics.Of("waybill.queue.length", "queued")).Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbled")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void A_record_without_a_usable_trace_begins_a_new_one(string? traceParent)
    {
        using var spans = new Spans();

        using var span = WaybillTelemetry.Begin("alone", traceParent);

        Assert.NotNull(span);
        Assert.NotEqual(default, span.TraceId);
    }

    [Fact]
    public void A_request_that_nobody_records_is_no_parent_and_its_identity_goes_into_no_record()
    {
        using var spans = new Spans();
        using var request = new Activity("request").Start();
        Assert.Null(WaybillTelemetry.TraceParent);

        using (var span = WaybillTelemetry.Begin("webhook", null))
        {
            Assert.Null(span!.ParentId);
            Assert.Equal(span.Id, WaybillTelemetry.TraceParent);
        }
    }

    [Fact]
    public void A_request_that_is_part_of_a_trace_is_the_parent()
    {
        using var spans = new Spans();
        using var request = new Activity("request").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").Start();

        using var span = WaybillTelemetry.Begin("webhook", null);

        Assert.Equal(request.TraceId, span!.TraceId);
    }
}
