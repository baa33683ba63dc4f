using System.Diagnostics;
using System.Diagnostics.Metrics;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;

namespace Waybill.Engine.Telemetry;

/// <summary>
/// What Waybill tells of itself: names and outcomes only, never a payload, a message from outside or a secret. A trace begins with
/// the webhook and goes on through freight to the promotions of it, because their records carry its identity.
/// </summary>
public static class WaybillTelemetry
{
    /// <summary>The name of the activity source and the meter.</summary>
    public const string Name = "Waybill";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Promotions =
        Meter.CreateCounter<long>("waybill.promotions", "{promotion}", "Promotions that ended, by project, stage and outcome.");

    private static readonly Histogram<double> LeadTime =
        Meter.CreateHistogram<double>("waybill.lead_time", "s", "From the discovery of freight to its arrival in a stage.");

    private static readonly Gauge<int> QueueLength =
        Meter.CreateGauge<int>("waybill.queue.length", "{promotion}", "Promotions that wait their turn at a stage.");

    private static readonly Counter<long> WebhookRejections =
        Meter.CreateCounter<long>("waybill.webhook.rejections", "{delivery}", "Webhook deliveries that were not believed or not understood, by reason.");

    /// <summary>The present trace, for a record to carry; null when nobody traces.</summary>
    public static string? TraceParent => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;

    /// <summary>Begins a span in the trace that a record carries; without one in the present trace. Null when nobody listens.</summary>
    public static Activity? Begin(string name, string? traceParent, ActivityKind kind = ActivityKind.Internal)
    {
        if (!ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent))
        {
            return BeginHere(name, kind);
        }

        // Whoever asks now belongs to another trace: a person's request, a timer's tick.
        var present = Activity.Current is { } current && current.TraceId != parent.TraceId ? [new ActivityLink(current.Context)] : Array.Empty<ActivityLink>();
        return Source.StartActivity(name, kind, parent, links: present);
    }

    /// <summary>
    /// The web server makes an activity of each request, traced or not. One that nobody records and that nobody's trace led to is no parent:
    /// samplers would take it for somebody's wish not to trace.
    /// </summary>
    private static Activity? BeginHere(string name, ActivityKind kind)
    {
        if (Activity.Current is not { Recorded: false, ParentId: null } unrecorded)
        {
            return Source.StartActivity(name, kind);
        }

        Activity.Current = null;
        var begun = Source.StartActivity(name, kind);
        Activity.Current ??= unrecorded;
        return begun;
    }

    public static Activity? About(this Activity? activity, Promotion promotion) => activity?
        .SetTag("waybill.project", promotion.Project)
        .SetTag("waybill.stage", promotion.Stage)
        .SetTag("waybill.promotion", promotion.Name)
        .SetTag("waybill.freight", promotion.Freight.Id);

    internal static void PromotionEnded(Promotion promotion, Freight? freight)
    {
        var place = Place(promotion.Project, promotion.Stage);
        Promotions.Add(1, [.. place, new("waybill.outcome", promotion.Phase.ToString())]);
        if (promotion is { Phase: PromotionPhase.Succeeded, FinishedAt: { } finishedAt } && freight is not null)
        {
            LeadTime.Record((finishedAt - freight.DiscoveredAt).TotalSeconds, place);
        }
    }

    internal static void QueueSeen(string project, StageState stage) => QueueLength.Record(stage.Queue.Count, Place(project, stage.Stage));

    internal static void WebhookRejected(string reason) => WebhookRejections.Add(1, new KeyValuePair<string, object?>("waybill.reason", reason));

    private static KeyValuePair<string, object?>[] Place(string project, string stage) => [new("waybill.project", project), new("waybill.stage", stage)];
}
