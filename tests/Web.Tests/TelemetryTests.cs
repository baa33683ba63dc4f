using System.Diagnostics;
using Waybill.Domain.Promotions;
using Waybill.Engine.Tests.Telemetry;
using Waybill.Web.Tests.World;

namespace Waybill.Web.Tests;

public sealed class TelemetryTests
{
    /// <summary>All that spans may say: names and outcomes.</summary>
    private static readonly string[] Allowed = ["waybill.project", "waybill.stage", "waybill.promotion", "waybill.freight", "waybill.outcome"];

    [Fact]
    public async Task One_trace_leads_from_the_webhook_through_freight_to_every_promotion_it_caused()
    {
        using var spans = new Spans();
        await using var world = await WebWorld.StartAsync();

        var freight = await world.TravelAsync("Trace me all the way");

        var mine = Traced(spans, freight);
        Assert.Single(mine, s => s.OperationName == "webhook");
        Assert.All(["dev", "staging"], stage => Assert.Contains(mine, s => s.OperationName == $"promotion.{DirectiveKind.FinishPromotion}" && Equals(s.GetTagItem("waybill.stage"), stage)));
        Assert.Single(spans.All.Where(s => Equals(s.GetTagItem("waybill.freight"), freight)).Select(s => s.TraceId).Distinct());
    }

    [Fact]
    public async Task Spans_hold_neither_secrets_nor_payloads()
    {
        using var spans = new Spans();
        await using var world = await WebWorld.StartAsync();

        var freight = await world.TravelAsync("A subject that nobody's telemetry shows");

        var mine = Traced(spans, freight);
        Assert.Empty(mine.SelectMany(s => s.TagObjects).Select(t => t.Key).Except(Allowed));
        Assert.DoesNotContain(mine.SelectMany(s => s.TagObjects), t => t.Value is string text && (text.Contains("nobody", StringComparison.Ordinal) || text.Contains(WebWorld.Secret, StringComparison.Ordinal)));
        Assert.All(mine, s => Assert.Empty(s.Events));
    }

    [Theory]
    [InlineData("guessed", "{}", "BadSignature")]
    [InlineData(WebWorld.Secret, "not json", "Malformed")]
    public async Task A_webhook_that_is_turned_away_is_counted_by_reason(string secret, string body, string reason)
    {
        await using var world = await WebWorld.StartAsync();
        using var metrics = new Measurements();

        using var response = await world.Client.SendAsync(Deliveries.Of("push", body, secret: secret));

        Assert.Contains(metrics.Of("waybill.webhook.rejections"), m => m.Value == 1 && m.Tags.Count == 1 && Equals(m.Tags["waybill.reason"], reason));
    }

    private static IReadOnlyList<Activity> Traced(Spans spans, string freight) =>
        spans.Of(spans.All.First(s => Equals(s.GetTagItem("waybill.freight"), freight)).TraceId.ToString());
}
