using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Web.Api;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Pages;

/// <summary>What the dashboard's forms do. Each ends on the page that shows what came of it.</summary>
internal sealed class DashboardForms(IPipelineSource pipelines, PromotionCommands commands, FreightApprover approver)
{
    public async Task<IResult> PromoteAsync(RouteCall call, string project, string stage)
    {
        var form = await call.Context.ReadFormFieldsAsync();
        var freight = RequestBodies.Required(form.Text("freight"), "freight", FieldLimits.Name);
        return Show(project, await commands.PromoteAsync(call, project, stage, freight, ""));
    }

    public async Task<IResult> RetryAsync(RouteCall call, string project, string name) =>
        Show(project, await commands.RetryAsync(call, project, name));

    public async Task<IResult> AbortAsync(RouteCall call, string project, string name)
    {
        var form = await call.Context.ReadFormFieldsAsync();
        var reason = RequestBodies.Optional(form.Text("reason"), "reason", FieldLimits.Reason);
        return Show(project, await commands.AbortAsync(call, project, name, reason));
    }

    public async Task<IResult> ApproveAsync(RouteCall call, string project, string id)
    {
        var pipeline = pipelines.Project(project);
        var form = await call.Context.ReadFormFieldsAsync();
        var stage = RequestBodies.Required(form.Text("stage"), "stage", FieldLimits.Name);
        var reason = RequestBodies.Optional(form.Text("reason"), "reason", FieldLimits.Reason);
        return await approver.ApproveAsync(pipeline, id, stage, call.Actor, reason, call.Aborted) is { } refusal
            ? throw new ProblemException(Problem.From(refusal))
            : new SeeOther(Paths.Freight(project, id));
    }

    private static SeeOther Show(string project, PromotionRequestResult result) => result.IsAccepted
        ? new SeeOther(Paths.Promotion(project, result.Promotion.Name))
        : throw new ProblemException(Problem.From(result.Refusal));
}
