using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Waybill.Simulation;

/// <summary>What the simulated services have in common as web servers: a free loopback port, no logs, and a quick stop.</summary>
internal static class LoopbackServer
{
    /// <summary>A server, not started.</summary>
    public static WebApplication Create(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        app.Run(answer);
        return app;
    }

    /// <summary>Answers nothing until the caller gives up or the server stops.</summary>
    public static async Task HangAsync(HttpContext context, CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    /// <summary>A success that is a web page, as captive portals and wrong addresses give.</summary>
    public static Task WriteWebPageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<html>Sign in to the network</html>", context.RequestAborted);
    }
}
