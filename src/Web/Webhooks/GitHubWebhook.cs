using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ingest;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Webhooks;

/// <summary>Receives GitHub's webhooks. The body is read raw, because the signature is over its bytes, and never beyond GitHub's own cap.</summary>
internal sealed class GitHubWebhook(IPushIngestor ingestor)
{
    /// <summary>GitHub sends no payload larger than this.</summary>
    public const int Limit = 25 * 1024 * 1024;

    public async Task<IResult> ReceiveAsync(RouteCall call)
    {
        var headers = call.Request.Headers;
        var @event = RequestBodies.Required(headers["X-GitHub-Event"], "Header X-GitHub-Event", FieldLimits.Name);
        var deliveryId = RequestBodies.Required(headers["X-GitHub-Delivery"], "Header X-GitHub-Delivery", FieldLimits.Name);
        var signature = headers["X-Hub-Signature-256"].ToString();
        var body = await BoundedBody.ReadAsync(call.Request, Limit, call.Aborted);

        var delivery = new WebhookDelivery(@event, deliveryId, signature.Length == 0 ? null : signature, body);
        return WebhookAnswers.Of(await ingestor.IngestAsync(delivery, call.Aborted));
    }
}
