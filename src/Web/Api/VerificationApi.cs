using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>A stage's verification: asked for again, or stopped. The body, with a reason, may be left out.</summary>
internal sealed class VerificationApi(IPipelineSource pipelines, VerificationDesk desk)
{
    public async Task<IResult> ReverifyAsync(RouteCall call, string project, string stage) =>
        Accepted(await desk.ReverifyAsync(pipelines.Project(project), stage, call.Actor, await Reasons.ReadAsync(call), call.Aborted));

    public async Task<IResult> AbortAsync(RouteCall call, string project, string stage) =>
        Accepted(await desk.AbortAsync(pipelines.Project(project), stage, call.Actor, await Reasons.ReadAsync(call), call.Aborted));

    private static IResult Accepted(PromotionRequestResult result) => result.IsAccepted
        ? ApiJson.Result(PromotionPayload.Of(result.Promotion), StatusCodes.Status202Accepted)
        : new ProblemResult(Problem.From(result.Refusal));
}
