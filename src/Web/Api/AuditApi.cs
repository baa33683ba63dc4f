using Microsoft.AspNetCore.Http;
using Waybill.Domain.Auditing;
using Waybill.Engine.Ports;
using Waybill.Engine.Queries;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>What happened in a project, who did it and why, newest first.</summary>
internal sealed class AuditApi(IPipelineSource pipelines, HistoryQuery history)
{
    public async Task<IResult> ListAsync(RouteCall call, string project)
    {
        pipelines.Project(project);
        var paging = Paging.Of(call.Request);
        var page = Paging.Found(await history.AuditAsync(project, paging.Limit, paging.Continue, call.Aborted));
        return ApiJson.Ok(ListPayload<AuditEntry>.Of(page, e => e));
    }
}
