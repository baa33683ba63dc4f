using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Functions.Driving;
using Waybill.Web.Routing;

namespace Waybill.Functions.Http;

/// <summary>
/// The pages that people see. Anonymous to the host: browsers send no function keys, App Service authentication signs people in,
/// and the surface refuses whoever is not.
/// </summary>
public sealed class DashboardFunctions(Surface surface, DurableClients clients)
{
    // The host takes no empty route, and the worker no "/": an optional parameter that nothing fits is the way to the root.
    [Function("HomePage")]
    public Task<IResult> HomePage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{root:maxlength(0)?}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "HomePage");

    [Function("ProjectPage")]
    public Task<IResult> ProjectPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "projects/{project}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ProjectPage");

    [Function("StagePage")]
    public Task<IResult> StagePage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "projects/{project}/stages/{stage}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "StagePage");

    [Function("FreightPage")]
    public Task<IResult> FreightPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "projects/{project}/freight/{id}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "FreightPage");

    [Function("PromotionPage")]
    public Task<IResult> PromotionPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "projects/{project}/promotions/{name}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "PromotionPage");

    [Function("AuditPage")]
    public Task<IResult> AuditPage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "projects/{project}/audit")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "AuditPage");

    [Function("PromoteForm")]
    public Task<IResult> PromoteForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/stages/{stage}/promotions")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "PromoteForm");
    }

    [Function("ApproveFreightForm")]
    public Task<IResult> ApproveFreightForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/freight/{id}/approvals")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "ApproveFreightForm");
    }

    [Function("WarehousePage")]
    public Task<IResult> WarehousePage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "projects/{project}/warehouses/{warehouse}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "WarehousePage");

    [Function("AssembleFreightForm")]
    public Task<IResult> AssembleFreightForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/warehouses/{warehouse}/freight")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "AssembleFreightForm");
    }

    [Function("AbortForm")]
    public Task<IResult> AbortForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/promotions/{name}/abort")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "AbortForm");
    }

    [Function("RetryForm")]
    public Task<IResult> RetryForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/promotions/{name}/retry")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "RetryForm");
    }

    [Function("ReverifyForm")]
    public Task<IResult> ReverifyForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/stages/{stage}/verification")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "ReverifyForm");
    }

    [Function("AbortVerificationForm")]
    public Task<IResult> AbortVerificationForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "projects/{project}/stages/{stage}/verification/abort")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "AbortVerificationForm");
    }

    [Function("Asset")]
    public Task<IResult> Asset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{file}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "Asset");
}
