using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Engine.GitOps;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Registers the clusters.</summary>
public static class KubernetesRegistration
{
    /// <summary>
    /// Adds <see cref="IStackClient"/> over the clusters under <c>Clusters</c> in the settings. Mistakes stop the start, all at once
    /// (<see cref="OptionsValidationException"/>); no cluster is called before it is needed.
    /// </summary>
    public static IServiceCollection AddWaybillKubernetes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KubernetesOptions>()
            .Configure(options => Bind(options, configuration.GetSection(KubernetesOptions.Section)))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KubernetesOptions>, KubernetesOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<GitOpsOptions>, GitOpsCluster>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GitOpsOptions>, GitOpsCluster>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ClusterRegistry>();
        services.TryAddSingleton<ClusterCalls>();
        services.TryAddSingleton<IJobClient, KubernetesJobClient>();
        services.TryAddSingleton<IStackClient, KubernetesStackClient>();
        return services;
    }

    private static void Bind(KubernetesOptions options, IConfigurationSection section)
    {
        foreach (var cluster in section.GetChildren())
        {
            options.Clusters[cluster.Key] = new KubernetesClusterOptions
            {
                Kubeconfig = cluster[nameof(KubernetesClusterOptions.Kubeconfig)],
                Context = cluster[nameof(KubernetesClusterOptions.Context)],
                InCluster = cluster[nameof(KubernetesClusterOptions.InCluster)],
                Entra = cluster[nameof(KubernetesClusterOptions.Entra)],
                Timeout = cluster[nameof(KubernetesClusterOptions.Timeout)],
                Token = IsTrue(cluster[nameof(KubernetesClusterOptions.Entra)]) ? EntraTokens.GetAsync : null,
            };
        }
    }
    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
