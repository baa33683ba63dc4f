using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Steps;

namespace Waybill.Infrastructure.Http;

public static class OutboundHttpServiceCollectionExtensions
{
    /// <summary>Adds the client for addresses that manifests give: guarded, without redirects, proxies or cookies.</summary>
    public static IServiceCollection AddWaybillOutboundHttp(this IServiceCollection services)
    {
        services.AddHttpClient(HttpStep.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            // Addresses that manifests give may be secret themselves, as those of incoming webhooks are.
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                ConnectCallback = PublicAddressGuard.ConnectAsync,
            });
        return services;
    }
}
