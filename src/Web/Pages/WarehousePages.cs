using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Web.Problems;
using Waybill.Web.Requests;
using Waybill.Web.Routing;

namespace Waybill.Web.Pages;

/// <summary>What a warehouse discovered, and the form that makes freight of it.</summary>
internal sealed class WarehousePages(IPipelineSource pipelines, HandAssembler assembler, TimeProvider time)
{
    public async Task<IResult> ShowAsync(RouteCall call, string project, string name)
    {
        var warehouse = pipelines.Project(project).Warehouse(name);
        var frame = new PageFrame(name, time.GetUtcNow(), call.Visitor, project) { ManifestProblems = pipelines.Problems };
        return new PageResult<WarehouseDetails>(new Dictionary<string, object?>
        {
            [nameof(WarehouseDetails.Frame)] = frame,
            [nameof(WarehouseDetails.Warehouse)] = warehouse,
            [nameof(WarehouseDetails.State)] = await assembler.LookAsync(project, warehouse, call.Aborted),
        });
    }

    /// <summary>Each field <c>commit</c> holds a commit's hash or tag; as many fields <c>repository</c> and <c>subscription</c> stand beside them.</summary>
    public async Task<IResult> AssembleAsync(RouteCall call, string project, string name)
    {
        var warehouse = pipelines.Project(project).Warehouse(name);
        var form = await call.Context.ReadFormFieldsAsync();
        var (ids, repositories, subscriptions) = (form.Texts("commit"), form.Texts("repository"), form.Texts("subscription"));
        if (ids.Count != repositories.Count || ids.Count != subscriptions.Count)
        {
            throw new ProblemException(Problem.BadRequest("The form does not name one repository and subscription for each commit. Open the page again."));
        }

        var choices = ids.Select((id, i) => new CommitChoice(repositories[i], id, subscriptions[i])).Where(c => c.Id.Length > 0).ToList();
        var result = await assembler.AssembleAsync(project, warehouse, choices, call.Actor, call.Aborted);
        return result.IsAccepted
            ? new SeeOther(Paths.Freight(project, result.Freight.Id))
            : throw new ProblemException(Problem.From(result.Refusal));
    }
}
