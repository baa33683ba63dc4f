using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Queries;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>Stages: what they hold, how they are, and why they can or cannot take each of their origins' newest freight.</summary>
internal sealed class StagesApi(IPipelineSource pipelines, PipelineQuery query)
{
    public async Task<IResult> ListAsync(RouteCall call, string project)
    {
        var view = await query.GetAsync(pipelines.Project(project), call.Aborted);
        return ApiJson.Ok(new ListPayload<StagePayload>([.. view.Stages.Select(StagePayload.Of)], null));
    }

    public async Task<IResult> GetAsync(RouteCall call, string project, string stage)
    {
        var pipeline = pipelines.Project(project);
        return ApiJson.Ok(StagePayload.Of(await query.GetStageAsync(pipeline, pipeline.Stage(stage), call.Aborted)));
    }
}
