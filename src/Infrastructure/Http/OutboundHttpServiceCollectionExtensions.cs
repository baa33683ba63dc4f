using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Analysis;
using Waybill.Engine.Steps;

namespace Waybill.Infrastructure.Http;

public static class OutboundHttpServiceCollectionExtensions
{
    /// <summary>Adds the clients for addresses that manifests give: guarded, without redirects, proxies or cookies.</summary>
    public static IServiceCollection AddWaybillOutboundHttp(this IServiceCollection services)
    {
        // Addresses that manifests give, and the headers that go there, may be secret themselves.
        services.AddGuarded(HttpStep.ClientName).RemoveAllLoggers();
        services.AddGuarded(OutboundRequests.ClientName).RemoveAllLoggers();
        services.AddGuarded(OutboundRequests.InsecureClientName, acceptsAnyCertificate: true).RemoveAllLoggers();
        return services;
    }

    private static IHttpClientBuilder AddGuarded(this IServiceCollection services, string name, bool acceptsAnyCertificate = false) =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => Guarded(acceptsAnyCertificate));

    [SuppressMessage("Security", "CA5359", Justification = "Only reached when a template's insecure field and the setting Verification:AllowInsecure both ask for it.")]
    private static SocketsHttpHandler Guarded(bool acceptsAnyCertificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = PublicAddressGuard.ConnectAsync,
        };
        if (acceptsAnyCertificate)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        }

        return handler;
    }
}
