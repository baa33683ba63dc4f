using Waybill.Engine.Webhooks;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.PulumiCloud;

/// <summary>What Pulumi Cloud's webhooks carry beside their bodies.</summary>
internal static class CloudHooks
{
    public static IEnumerable<(string Name, string Value)> HeadersOf(HookDelivery delivery, string secret) =>
    [
        ("User-Agent", "Pulumi-Webhooks/1.0"),
        ("Pulumi-Webhook-ID", delivery.Id.ToString()),
        ("Pulumi-Webhook-Kind", delivery.Event),
        (PulumiSignature.HeaderName, PulumiSignature.Sign(secret, delivery.Body.Span)),
    ];
}
