using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Waybill.Web.Pages;

/// <summary>
/// A component rendered as a whole page. It is rendered before anything is sent, unlike with ASP.NET's own result: the page's hash is
/// its ETag, so that a dashboard left open asks every few seconds and is mostly told that nothing changed.
/// </summary>
internal sealed class PageResult<TPage>(IReadOnlyDictionary<string, object?> parameters) : IResult
    where TPage : IComponent
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether the browser may keep the page to compare it with the next one. Pages whose address is a secret are not kept.</summary>
    public bool IsKept { get; init; } = true;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var page = Encoding.UTF8.GetBytes("<!DOCTYPE html>\n" + await RenderAsync(httpContext.RequestServices));
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (IsKept && Status == StatusCodes.Status200OK)
        {
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(page))[..32]}\"";
            response.Headers.CacheControl = "private, no-cache";
            response.Headers.Vary = "Cookie, Authorization, Accept";
            response.Headers.ETag = tag;
            if (ETags.Match(httpContext.Request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        await response.Body.WriteAsync(page, httpContext.RequestAborted);
    }

    private async Task<string> RenderAsync(IServiceProvider services)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(new Dictionary<string, object?>(parameters)))).ToHtmlString());
    }
}

internal static class ETags
{
    /// <summary>Whether the browser has this version already.</summary>
    public static bool Match(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.ToString().Split(',').Any(t => t.Trim() is var known && (known == tag || known == $"W/{tag}"));
}
