using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.Engine.Ingest;
using Waybill.Web.Api;
using Waybill.Web.Problems;

namespace Waybill.Web.Webhooks;

/// <summary>What senders of webhooks are answered.</summary>
internal static class WebhookAnswers
{
    public static IResult Of(IngestResult result) => result.Outcome switch
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
