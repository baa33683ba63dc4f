using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Notifications;

public static class NotificationServiceCollectionExtensions
{
    public static IServiceCollection AddWaybillNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section))
            .Validate(
                o => o.WebhookUrl is null or { IsAbsoluteUri: true, Scheme: "https" or "http" },
                "Notifications:WebhookUrl is not an absolute http(s) address: mend or remove it.")
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<NotificationOptions>>().Value);
        services.AddSingleton<INotifier, Notifier>();
        return services;
    }
}
