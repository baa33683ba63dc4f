using Microsoft.AspNetCore.Http;

namespace Waybill.Web.Pages;

/// <summary>Sends a browser on with a GET, so that reloading the page repeats nothing.</summary>
internal sealed class SeeOther(string path) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = path;
        return Task.CompletedTask;
    }
}
