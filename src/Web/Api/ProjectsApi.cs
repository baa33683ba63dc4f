using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Records;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>The projects there are. No round trip.</summary>
internal sealed class ProjectsApi(IPipelineSource pipelines)
{
    public Task<IResult> ListAsync(RouteCall call)
    {
        var projects = pipelines.Pipelines.Values.OrderBy(p => p.Project, StringComparer.Ordinal).Select(ProjectPayload.Of);
        return Task.FromResult<IResult>(ApiJson.Ok(new ListPayload<ProjectPayload>([.. projects], null)));
    }
}

/// <summary>Whether this instance can do its work: it answers, and so does its store. One round trip.</summary>
internal sealed class HealthApi(IPipelineSource pipelines, IRowStore rows)
{
    private const string Partition = "healthz";

    public async Task<IResult> CheckAsync(RouteCall call)
    {
        await rows.GetAsync(Partition, RowKeys.Stage(Partition), call.Aborted);
        return ApiJson.Ok(new HealthPayload("ok", pipelines.Pipelines.Count, pipelines.Problems.Count));
    }
}
