using Microsoft.AspNetCore.Http;
using Waybill.Engine.PulumiCloud;
using Waybill.Engine.Webhooks;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Webhooks;

/// <summary>Receives Pulumi Cloud's webhooks. The body is read raw, because the signature is over its bytes.</summary>
internal sealed class PulumiWebhook(PulumiWebhookReceiver receiver)
{
    /// <summary>Payloads hold counts, not resources: a few kilobytes.</summary>
    public const int Limit = 1024 * 1024;

    public async Task<IResult> ReceiveAsync(RouteCall call)
    {
        var headers = call.Request.Headers;
        var kind = RequestBodies.Required(headers["Pulumi-Webhook-Kind"], "Header Pulumi-Webhook-Kind", FieldLimits.Name);
        var signature = headers[PulumiSignature.HeaderName].ToString();
        var body = await BoundedBody.ReadAsync(call.Request, Limit, call.Aborted);

        return WebhookAnswers.Of(await receiver.ReceiveAsync(kind, signature.Length == 0 ? null : signature, body, call.Aborted));
    }
}
