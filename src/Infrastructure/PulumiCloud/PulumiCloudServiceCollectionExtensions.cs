using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Engine.PulumiCloud;

namespace Waybill.Infrastructure.PulumiCloud;

public static class PulumiCloudServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IPulumiCloudClient"/> and what the engine has to know from the section <c>PulumiCloud</c>, checked at start.</summary>
    public static IServiceCollection AddWaybillPulumiCloud(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PulumiCloudOptions>().Bind(configuration.GetSection(PulumiCloudOptions.SectionName)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PulumiCloudOptions>, PulumiCloudOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpClient(PulumiCloudClient.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
            });
        return services
            .AddSingleton<IPulumiCloudClient>(provider => new PulumiCloudClient(
                provider.GetRequiredService<IHttpClientFactory>(), OptionsOf(provider), provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new WitnessOptions(OptionsOf(provider).WitnessTimeout))
            .AddSingleton(provider => new PulumiWebhookSecrets(OptionsOf(provider).WebhookSecrets));
    }

    private static PulumiCloudOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<PulumiCloudOptions>>().Value;
}
