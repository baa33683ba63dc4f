using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Functions.Driving;
using Waybill.Web.Routing;

namespace Waybill.Functions.Http;

/// <summary>
/// The JSON API. Anonymous to the host: App Service authentication has checked the bearer token or cookie before, and the surface
/// refuses whoever has none. A function key could not say who promoted.
/// </summary>
public sealed class ApiFunctions(Surface surface, DurableClients clients)
{
    [Function("Healthz")]
    public Task<IResult> CheckHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "Healthz");

    [Function("ListProjects")]
    public Task<IResult> ListProjects(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ListProjects");

    [Function("ListFreight")]
    public Task<IResult> ListFreight(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/freight")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ListFreight");

    [Function("GetFreight")]
    public Task<IResult> GetFreight(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/freight/{id}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "GetFreight");

    [Function("ApproveFreight")]
    public Task<IResult> ApproveFreight(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/freight/{id}/approvals")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "ApproveFreight");
    }

    [Function("GetWarehouse")]
    public Task<IResult> GetWarehouse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/warehouses/{warehouse}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "GetWarehouse");

    [Function("AssembleFreight")]
    public Task<IResult> AssembleFreight(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/warehouses/{warehouse}/freight")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "AssembleFreight");
    }

    [Function("ListStages")]
    public Task<IResult> ListStages(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/stages")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ListStages");

    [Function("GetStage")]
    public Task<IResult> GetStage(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/stages/{stage}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "GetStage");

    [Function("Promote")]
    public Task<IResult> Promote(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/stages/{stage}/promotions")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "Promote");
    }

    [Function("Reverify")]
    public Task<IResult> Reverify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/stages/{stage}/verification")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "Reverify");
    }

    [Function("AbortVerification")]
    public Task<IResult> AbortVerification(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/stages/{stage}/verification/abort")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "AbortVerification");
    }

    [Function("ListPromotions")]
    public Task<IResult> ListPromotions(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/promotions")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ListPromotions");

    [Function("GetPromotion")]
    public Task<IResult> GetPromotion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/promotions/{name}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "GetPromotion");

    [Function("AbortPromotion")]
    public Task<IResult> AbortPromotion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/promotions/{name}/abort")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "AbortPromotion");
    }

    [Function("RetryPromotion")]
    public Task<IResult> RetryPromotion(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/projects/{project}/promotions/{name}/retry")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "RetryPromotion");
    }

    [Function("ListAudit")]
    public Task<IResult> ListAudit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/projects/{project}/audit")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ListAudit");
}
