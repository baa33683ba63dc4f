using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Web.Demo;

namespace Waybill.Web.Routing;

/// <summary>Binds the routes for a head that has ASP.NET's own routing.</summary>
public static class WaybillEndpoints
{
    /// <summary>Maps <see cref="RouteTable.All"/>, and <see cref="RouteTable.Demo"/> where <see cref="IDemoControls"/> is registered.</summary>
    public static IEndpointRouteBuilder MapWaybill(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var hasDemo = endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(IDemoControls)) is true;
        foreach (var route in hasDemo ? [.. RouteTable.All, .. RouteTable.Demo] : RouteTable.All)
        {
            endpoints
                .MapMethods(route.Pattern, [route.Method], (RequestDelegate)(context => AnswerAsync(context, route)))
                .WithName(route.Name);
        }

        return endpoints;
    }

    private static async Task AnswerAsync(HttpContext context, WaybillRoute route)
    {
        var result = await context.RequestServices.GetRequiredService<Surface>().AnswerAsync(context, route);
        await result.ExecuteAsync(context);
    }
}
