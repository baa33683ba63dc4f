using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Pages;

/// <summary>What the dashboard's forms do about a stage's verification. Each ends on the page of the promotion that is verified.</summary>
internal sealed class VerificationForms(IPipelineSource pipelines, VerificationDesk desk)
{
    public async Task<IResult> ReverifyAsync(RouteCall call, string project, string stage) =>
        Show(project, await desk.ReverifyAsync(pipelines.Project(project), stage, call.Actor, await ReasonAsync(call), call.Aborted));

    public async Task<IResult> AbortAsync(RouteCall call, string project, string stage) =>
        Show(project, await desk.AbortAsync(pipelines.Project(project), stage, call.Actor, await ReasonAsync(call), call.Aborted));

    private static async Task<string> ReasonAsync(RouteCall call)
    {
        var form = await call.Context.ReadFormFieldsAsync();
        return RequestBodies.Optional(form.Text("reason"), "reason", FieldLimits.Reason);
    }

    private static SeeOther Show(string project, PromotionRequestResult result) => result.IsAccepted
        ? new SeeOther(Paths.Promotion(project, result.Promotion.Name))
        : throw new ProblemException(Problem.From(result.Refusal));
}
