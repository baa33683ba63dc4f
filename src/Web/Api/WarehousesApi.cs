using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Api;

/// <summary>Warehouses: what they discovered, and freight made of it by hand.</summary>
internal sealed class WarehousesApi(IPipelineSource pipelines, HandAssembler assembler)
{
    public async Task<IResult> GetAsync(RouteCall call, string project, string name)
    {
        var warehouse = pipelines.Project(project).Warehouse(name);
        return ApiJson.Ok(WarehousePayload.Of(warehouse, await assembler.LookAsync(project, warehouse, call.Aborted)));
    }

    public async Task<IResult> AssembleAsync(RouteCall call, string project, string name)
    {
        var warehouse = pipelines.Project(project).Warehouse(name);
        var body = await call.Context.ReadJsonAsync(ApiJson.Default.AssembleRequest);
        var result = await assembler.AssembleAsync(project, warehouse, Choices(body), call.Actor, call.Aborted);
        if (!result.IsAccepted)
        {
            return new ProblemResult(Problem.From(result.Refusal));
        }

        call.Context.Response.Headers.Location =
            $"/api/projects/{Uri.EscapeDataString(project)}/freight/{Uri.EscapeDataString(result.Freight.Id)}";
        return ApiJson.Result(FreightPayload.Of(result.Freight), result.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static List<CommitChoice> Choices(AssembleRequest body) =>
    [
        .. (body.Commits ?? []).Select((commit, i) => new CommitChoice(
            RequestBodies.Required(commit?.RepoURL, $"commits[{i}].repoURL", FieldLimits.Reason),
            RequestBodies.Required(commit?.Id, $"commits[{i}].id", FieldLimits.Name),
            RequestBodies.Optional(commit?.Subscription, $"commits[{i}].subscription", FieldLimits.Name))),
    ];
}
