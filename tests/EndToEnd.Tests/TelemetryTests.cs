using Microsoft.Extensions.DependencyInjection;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Ports;
using Waybill.Simulation.Cluster;

namespace Waybill.EndToEnd.Tests;

/// <summary>What the one-process head tells a collector, when the settings name one.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_go_to_the_collector_that_the_settings_name_and_hold_no_secret()
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await PushTravelsTests.PipelineWithApprovalAsync();
        var mail = new Mailbox();
        world.Script.Default = new RunPlan { FailsWith = "error: BucketAlreadyExists" };
        await using var waybill = await RunningWaybill.StartAsync(
            world,
            services => services.AddSingleton<INotifier>(mail),
            "--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.ToString(),
            "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
            "--OTEL_BSP_SCHEDULE_DELAY", "200",
            "--OTEL_METRIC_EXPORT_INTERVAL", "200");

        await world.Program.PushAsync("main", "A subject that stays at home", "index.ts");
        await waybill.EndedAsync("auto-dev", "Failed");

        await collector.ReceivedAsync("/v1/traces", "webhook");
        await collector.ReceivedAsync("/v1/traces", "promotion.FinishPromotion");
        await collector.ReceivedAsync("/v1/metrics", "waybill.promotions");
        await collector.ReceivedAsync("/v1/metrics", "Failed");
        Assert.All(
            [TestWorld.WebhookSecret, "stays at home", "BucketAlreadyExists"],
            secret => Assert.DoesNotContain(secret, collector.Everything, StringComparison.Ordinal));
    }
}
