using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Waybill.Engine.Promotions;
using Waybill.Engine.Queries;
using Waybill.Web.Api;
using Waybill.Web.Assets;
using Waybill.Web.Demo;
using Waybill.Web.Pages;
using Waybill.Web.Routing;
using Waybill.Web.Viewing;
using Waybill.Web.Webhooks;

namespace Waybill.Web;

/// <summary>Registers what answers the routes. The engine's services and an <see cref="IViewer"/> are the head's to register.</summary>
public static class WaybillWebServices
{
    public static IServiceCollection AddWaybillWeb(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PipelineQuery>();
        services.TryAddSingleton<HistoryQuery>();
        services.TryAddSingleton<PreviewQuery>();
        services.TryAddSingleton<PromotionRetrier>();
        return services
            .AddSingleton<Surface>()
            .AddSingleton<PromotionCommands>()
            .AddSingleton<Reviews>()
            .AddSingleton<DemoHint>()
            .AddTransient<HealthApi>()
            .AddTransient<GitHubWebhook>()
            .AddTransient<PulumiWebhook>()
            .AddTransient<ProjectsApi>()
            .AddTransient<FreightApi>()
            .AddTransient<WarehousesApi>()
            .AddTransient<StagesApi>()
            .AddTransient<PromotionsApi>()
            .AddTransient<VerificationApi>()
            .AddTransient<AuditApi>()
            .AddTransient<ApprovalPages>()
            .AddTransient<DashboardPages>()
            .AddTransient<DashboardForms>()
            .AddTransient<WarehousePages>()
            .AddTransient<VerificationForms>()
            .AddSingleton<AssetFiles>()
            .AddTransient<DemoForms>();
    }
}
