using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.PulumiCloud;

/// <summary>Writes answers, good and bad.</summary>
internal static class CloudReply
{
    public static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    public static async Task WriteAsync(HttpContext context, CloudFault fault, CancellationToken stopping)
    {
        switch (fault)
        {
            case CloudFault.Hang:
                await LoopbackServer.HangAsync(context, stopping);
                break;
            case CloudFault.Drop:
                context.Abort();
                break;
            case CloudFault.WebPage:
                await LoopbackServer.WriteWebPageAsync(context);
                break;
            case CloudFault.Large large:
                await FillAsync(context, large.Bytes);
                break;
            case CloudFault.Redirect redirect:
                context.Response.Redirect(redirect.To.AbsoluteUri);
                break;
            case CloudFault.Error error:
                context.Response.Headers.RetryAfter = error.RetryAfter is { } wait ? wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) : default;
                await WriteAsync(context, error.Code, CloudShapes.Error(error.Code, "Simulated trouble."));
                break;
        }
    }

    private static async Task FillAsync(HttpContext context, int bytes)
    {
        context.Response.ContentType = "application/json";
        var filling = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
        await context.Response.WriteAsync("{\"filling\":\"", context.RequestAborted);
        for (var left = bytes; left > 0 && !context.RequestAborted.IsCancellationRequested; left -= filling.Length)
        {
            await context.Response.Body.WriteAsync(filling, context.RequestAborted);
        }

        await context.Response.WriteAsync("\"}", context.RequestAborted);
    }
}
