using Microsoft.AspNetCore.Http;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Queries;
using Waybill.Engine.Records;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>Freight: listed, shown, approved for a stage.</summary>
internal sealed class FreightApi(IPipelineSource pipelines, ProjectStore store, HistoryQuery history, FreightApprover approver, TimeProvider time)
{
    /// <summary><c>?warehouse=</c> selects one origin; <c>?stage=</c> what that stage requests, each with why it can or cannot take it.</summary>
    public async Task<IResult> ListAsync(RouteCall call, string project)
    {
        var pipeline = pipelines.Project(project);
        var paging = Paging.Of(call.Request);
        var stage = call.Request.Query["stage"].ToString() is { Length: > 0 } name ? pipeline.Stage(name) : null;
        var warehouses = Warehouses(pipeline, stage, call.Request.Query["warehouse"].ToString());
        var page = Paging.Found(await history.FreightAsync(project, warehouses, paging.Limit, paging.Continue, call.Aborted));
        var now = time.GetUtcNow();
        return ApiJson.Ok(ListPayload<FreightPayload>.Of(page, f => FreightPayload.Of(f, stage, now)));
    }

    public async Task<IResult> GetAsync(RouteCall call, string project, string idOrAlias) =>
        ApiJson.Ok(FreightPayload.Of(await FindAsync(call, project, idOrAlias)));

    public async Task<IResult> ApproveAsync(RouteCall call, string project, string idOrAlias)
    {
        var pipeline = pipelines.Project(project);
        var body = await call.Context.ReadJsonAsync(ApiJson.Default.ApproveRequest);
        var stage = RequestBodies.Required(body.Stage, "stage", FieldLimits.Name);
        var reason = RequestBodies.Optional(body.Reason, "reason", FieldLimits.Reason);
        return await approver.ApproveAsync(pipeline, idOrAlias, stage, call.Actor, reason, call.Aborted) is { } refusal
            ? new ProblemResult(Problem.From(refusal))
            : await GetAsync(call, project, idOrAlias);
    }

    private async Task<Freight> FindAsync(RouteCall call, string project, string idOrAlias)
    {
        pipelines.Project(project);
        return (await store.FindFreightAsync(project, idOrAlias, call.Aborted))?.Value
            ?? throw new ProblemException(Problem.NotFound($"Project {project} has no freight {idOrAlias}. Give its whole identity or its alias."));
    }

    private static IEnumerable<string> Warehouses(Pipeline pipeline, Stage? stage, string warehouse)
    {
        if (warehouse.Length > 0 && pipeline.FindWarehouse(warehouse) is null)
        {
            throw new ProblemException(Problem.NotFound($"Project {pipeline.Project} has no warehouse {warehouse}."));
        }

        var requested = stage is null ? pipeline.Warehouses.Select(w => w.Name) : stage.RequestedFreight.Select(r => r.Warehouse);
        return requested.Where(w => warehouse.Length == 0 || w == warehouse);
    }
}
