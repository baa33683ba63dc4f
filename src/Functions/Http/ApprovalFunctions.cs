using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Functions.Driving;
using Waybill.Web.Routing;

namespace Waybill.Functions.Http;

/// <summary>
/// Approval links. Anonymous to the host: the signed token in the address is the proof. GET only asks; POST decides.
/// </summary>
public sealed class ApprovalFunctions(Surface surface, DurableClients clients)
{
    [Function("ShowApproval")]
    public Task<IResult> ShowApproval(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "approvals/{token}")] HttpRequest request) =>
        surface.AnswerAsync(request.HttpContext, "ShowApproval");

    [Function("DecideApproval")]
    public Task<IResult> DecideApproval(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals/{token}")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "DecideApproval");
    }
}
