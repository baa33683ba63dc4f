using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.ArgoCd;

/// <summary>Registers Argo CD.</summary>
public static class ArgoCdServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IArgoCdClient"/> over one of the clusters under <c>Clusters</c>, which must be added too. Mistakes under
    /// <c>ArgoCd</c> stop the start; nothing is called before it is needed.
    /// </summary>
    public static IServiceCollection AddWaybillArgoCd(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ArgoCdOptions>()
            .Bind(configuration.GetSection(ArgoCdOptions.Section))
            .Configure(options => options.KnownClusters = [.. configuration.GetSection(KubernetesOptions.Section).GetChildren().Select(c => c.Key)])
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ArgoCdOptions>, ArgoCdOptionsValidator>());
        services.TryAddSingleton<IArgoCdClient, KubernetesArgoCdClient>();
        return services;
    }
}
