using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Web.Viewing;

namespace Waybill.Web.Routing;

/// <summary>A request on its way to its handler.</summary>
/// <param name="Context">The request.</param>
/// <param name="Visitor">Who asks; null only where anybody may.</param>
public sealed record RouteCall(HttpContext Context, Visitor? Visitor)
{
    public HttpRequest Request => Context.Request;

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>The name of whoever asks, for the audit.</summary>
    public string Actor => Visitor?.Person.Name ?? throw new InvalidOperationException("This route lets anybody ask, so nobody acts.");

    /// <summary>A part of the path by its parameter's name.</summary>
    public string this[string parameter] => Context.Request.RouteValues[parameter] as string ?? "";

    internal T Handler<T>()
        where T : notnull => Context.RequestServices.GetRequiredService<T>();
}
