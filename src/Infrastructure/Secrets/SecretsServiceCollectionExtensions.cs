using Microsoft.Extensions.DependencyInjection;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Secrets;

public static class SecretsServiceCollectionExtensions
{
    /// <summary>Adds what <c>secret()</c> and <c>configMap()</c> read: settings and manifests.</summary>
    public static IServiceCollection AddWaybillSecrets(this IServiceCollection services) => services
        .AddSingleton<ISecretSource, ConfigurationSecrets>()
        .AddSingleton<IConfigMapSource, ConfigMaps>();
}
