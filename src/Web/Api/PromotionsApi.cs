using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Queries;
using Waybill.Engine.Records;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>Promotions: listed, shown, asked for, aborted, repeated.</summary>
internal sealed class PromotionsApi(
    IPipelineSource pipelines, ProjectStore store, HistoryQuery history, PromotionCommands commands)
{
    /// <summary><c>?stage=</c> selects one stage's; otherwise all stages' lists are merged.</summary>
    public async Task<IResult> ListAsync(RouteCall call, string project)
    {
        var pipeline = pipelines.Project(project);
        var paging = Paging.Of(call.Request);
        var stages = call.Request.Query["stage"].ToString() is { Length: > 0 } stage
            ? [pipeline.Stage(stage).Name]
            : pipeline.Stages.Select(s => s.Name);
        var page = Paging.Found(await history.PromotionsAsync(project, stages, paging.Limit, paging.Continue, call.Aborted));
        return ApiJson.Ok(ListPayload<PromotionPayload>.Of(page, PromotionPayload.Of));
    }

    public async Task<IResult> GetAsync(RouteCall call, string project, string name)
    {
        pipelines.Project(project);
        return await store.GetPromotionAsync(project, name, call.Aborted) is { Value: var promotion }
            ? ApiJson.Ok(PromotionPayload.Of(promotion))
            : new ProblemResult(Problem.NotFound($"Project {project} has no promotion {name}."));
    }

    public async Task<IResult> PromoteAsync(RouteCall call, string project, string stage)
    {
        var body = await call.Context.ReadJsonAsync(ApiJson.Default.PromoteRequest);
        var freight = RequestBodies.Required(body.Freight, "freight", FieldLimits.Name);
        var retryOf = RequestBodies.Optional(body.RetryOf, "retryOf", FieldLimits.Name);
        return Created(call, project, await commands.PromoteAsync(call, project, stage, freight, retryOf));
    }

    public async Task<IResult> RetryAsync(RouteCall call, string project, string name) =>
        Created(call, project, await commands.RetryAsync(call, project, name));

    public async Task<IResult> AbortAsync(RouteCall call, string project, string name)
    {
        var result = await commands.AbortAsync(call, project, name, await Reasons.ReadAsync(call));
        return result.IsAccepted
            ? ApiJson.Result(PromotionPayload.Of(result.Promotion), StatusCodes.Status202Accepted)
            : new ProblemResult(Problem.From(result.Refusal));
    }

    private static IResult Created(RouteCall call, string project, PromotionRequestResult result)
    {
        if (!result.IsAccepted)
        {
            return new ProblemResult(Problem.From(result.Refusal));
        }

        call.Context.Response.Headers.Location =
            $"/api/projects/{Uri.EscapeDataString(project)}/promotions/{Uri.EscapeDataString(result.Promotion.Name)}";
        return ApiJson.Result(PromotionPayload.Of(result.Promotion), StatusCodes.Status201Created);
    }
}
