using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Functions.Access;
using Waybill.Functions.Driving;
using Waybill.Infrastructure.ArgoCd;
using Waybill.Infrastructure.GitHub;
using Waybill.Infrastructure.Http;
using Waybill.Infrastructure.Kubernetes;
using Waybill.Infrastructure.Notifications;
using Waybill.Infrastructure.PulumiCloud;
using Waybill.Infrastructure.Secrets;
using Waybill.Infrastructure.Storage;
using Waybill.Infrastructure.Telemetry;
using Waybill.Web;
using Waybill.Web.Viewing;

namespace Waybill.Functions.Hosting;

public static class WaybillFunctionsServices
{
    /// <summary>All that the app's functions need. Settings are checked at start; all that is wrong with any of them is said at once.</summary>
    public static IServiceCollection AddWaybillFunctions(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddWaybillEngine(configuration)
            .AddWaybillStorage(configuration)
            .AddWaybillKubernetes(configuration)
            .AddWaybillArgoCd(configuration)
            .AddWaybillGitHub(configuration)
            .AddWaybillPulumiCloud(configuration)
            .AddWaybillNotifications(configuration)
            .AddWaybillOutboundHttp()
            .AddWaybillSecrets(configuration)
            .AddWaybillWeb()
            .AddWaybillTelemetry(configuration)
            .AddSingleton(provider => new WebhookSecrets(provider.GetRequiredService<IOptions<GitHubOptions>>().Value.WebhookSecrets));

        return services
            .AddChecked<AccessOptions, AccessOptionsValidator>(configuration.GetSection(AccessOptions.Section))
            .AddChecked<ManifestOptions, ManifestOptionsValidator>(configuration.GetSection(ManifestOptions.Section))
            .AddChecked<ScheduleOptions, ScheduleOptionsValidator>(configuration)
            .AddSingleton<IPipelineSource, DeployedPipelines>()
            .AddSingleton<IViewer, AppServiceViewer>()
            .AddSingleton<DurableClients>()
            .AddSingleton<IDriver, DurableDriver>()
            .AddHostedService<StoreInitializer>();
    }

    private static IServiceCollection AddChecked<TOptions, TValidator>(this IServiceCollection services, IConfiguration section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(section).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<TOptions>, TValidator>()
            .AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
    }
}
