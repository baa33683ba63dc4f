using System.Diagnostics;
using System.Diagnostics.Metrics;
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

        var (_, tags) = Assert.Single(metrics.Of("waybill.promotions", "counted"));
        Assert.Equal("Succeeded", tags["waybill.outcome"]);
        Assert.Equal(1, Assert.Single(metrics.Of("waybill.lead_time", "counted")).Value);
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

    private sealed class Spans : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<Activity> _ended = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == WaybillTelemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyList<Activity> Of(string trace) => [.. _ended.Where(s => s.TraceId.ToString() == trace)];

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Measurements : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _seen = new();
        private readonly MeterListener _listener = new();

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == WaybillTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => _seen.Enqueue((i.Name, value, tags.ToArray().ToDictionary())));
            _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => _seen.Enqueue((i.Name, value, tags.ToArray().ToDictionary())));
            _listener.Start();
        }

        public IReadOnlyList<(double Value, Dictionary<string, object?> Tags)> Of(string name, string stage) =>
            [.. _seen.Where(m => m.Name == name && Equals(m.Tags.GetValueOrDefault("waybill.stage"), stage)).Select(m => (m.Value, m.Tags))];

        public void Dispose() => _listener.Dispose();
    }
}
