using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Waybill.Functions.Driving;
using Waybill.Web.Routing;

namespace Waybill.Functions.Http;

/// <summary>
/// GitHub and Pulumi Cloud call here. Anonymous to the host, because the signature over the body is the proof; a key in the address
/// would be a second secret for them to keep.
/// </summary>
public sealed class WebhookFunctions(Surface surface, DurableClients clients)
{
    [Function("GitHubWebhook")]
    public Task<IResult> ReceivePush(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/github")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "GitHubWebhook");
    }

    [Function("PulumiWebhook")]
    public Task<IResult> ReceiveRun(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/pulumi")] HttpRequest request,
        [DurableClient] DurableTaskClient client)
    {
        clients.Use(client);
        return surface.AnswerAsync(request.HttpContext, "PulumiWebhook");
    }
}
