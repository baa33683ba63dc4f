using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Engine.Ingest;
using Waybill.Web.Api;
using Waybill.Web.Problems;
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
        return Answer(await ingestor.IngestAsync(delivery, call.Aborted));
    }

    private static IResult Answer(IngestResult result) => result.Outcome switch
    {
        IngestOutcome.Accepted or IngestOutcome.Ignored => Done(result, StatusCodes.Status202Accepted),
        IngestOutcome.Duplicate => Done(result, StatusCodes.Status200OK),
        IngestOutcome.BadSignature => Refused(StatusCodes.Status401Unauthorized, "bad-signature", "The delivery is not signed with our secret", result),
        IngestOutcome.Malformed => Refused(StatusCodes.Status400BadRequest, "malformed-delivery", "The delivery can't be read", result),
        _ => Refused(StatusCodes.Status503ServiceUnavailable, "webhook-not-configured", "Webhooks are not set up here", result),
    };

    private static JsonHttpResult<WebhookPayload> Done(IngestResult result, int status) =>
        ApiJson.Result(new WebhookPayload(result.Outcome.ToString(), result.Message, result.Freight), status);

    private static ProblemResult Refused(int status, string kind, string title, IngestResult result) =>
        new(new Problem(status, kind, title, result.Message));
}
