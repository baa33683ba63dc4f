using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Secrets;

public static class SecretsServiceCollectionExtensions
{
    /// <summary>Adds what <c>secret()</c> and <c>configMap()</c> read: settings, and the manifests' config maps.</summary>
    public static IServiceCollection AddWaybillSecrets(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ISecretSource>(new ConfigurationSecrets(configuration))
        .AddSingleton<IConfigMapSource>(provider => new ConfigMaps(provider.GetRequiredService<IPipelineSource>(), configuration));
}
