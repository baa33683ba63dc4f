using Waybill.Engine;
using Waybill.Engine.Ingest;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.ArgoCd;
using Waybill.Infrastructure.GitHub;
using Waybill.Infrastructure.Http;
using Waybill.Infrastructure.Kubernetes;
using Waybill.Infrastructure.Notifications;
using Waybill.Infrastructure.PulumiCloud;
using Waybill.Infrastructure.Secrets;
using Waybill.Infrastructure.Storage;
using Waybill.Infrastructure.Telemetry;
using Waybill.Local.Driving;
using Waybill.Local.SignIn;
using Waybill.Local.Simulated;
using Waybill.Local.Starting;
using Waybill.Web;
using Waybill.Web.Demo;
using Waybill.Web.Viewing;

namespace Waybill.Local;

internal static class LocalServiceCollectionExtensions
{
    public static IServiceCollection AddWaybillLocal(
        this IServiceCollection services, IConfiguration configuration, LocalSettings settings, SimulatedWorld? world)
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
            .AddSingleton(provider => new WebhookSecrets(provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<GitHubOptions>>().Value.WebhookSecrets))
            .AddSingleton(settings)
            .AddSingleton<ManifestPipelines>()
            .AddSingleton<IPipelineSource>(provider => provider.GetRequiredService<ManifestPipelines>())
            .AddSingleton<LocalDriver>()
            .AddSingleton<IDriver>(provider => provider.GetRequiredService<LocalDriver>())
            .AddHostedService(provider => provider.GetRequiredService<LocalDriver>())
            .AddSingleton<IRound, SweepRound>()
            .AddSingleton<IRound, PollRound>()
            .AddSingleton<IRound, HousekeepingRound>()
            .AddHostedService<Rounds>();

        return world is null
            ? services.AddSingleton(new SignInLink(Path.Combine(settings.Folder, "api-token"))).AddSingleton<IViewer>(Owner)
            : services.AddSingleton<IDemoControls>(world).AddSingleton<IViewer, EverybodyIsYou>();

        static IViewer Owner(IServiceProvider provider) => new OwnerViewer(
            provider.GetRequiredService<SignInLink>(), provider.GetRequiredService<IApproverDirectory>(), provider.GetRequiredService<IConfiguration>()["Local:User"] ?? Environment.UserName);
    }
}
