using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;
using Waybill.Engine.Telemetry;

namespace Waybill.Infrastructure.Telemetry;

/// <summary>Where traces and metrics go: to Application Insights, to an OTLP collector, to both, or nowhere, by which settings are there.</summary>
public static class TelemetryExport
{
    /// <summary>Application Insights' connection string, under the name that the platform gives it.</summary>
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>A collector's address, under OpenTelemetry's own name.</summary>
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports traces and metrics wherever the settings say.</summary>
    public static IServiceCollection AddWaybillTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var builder = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(WaybillTelemetry.Name))
            .WithTracing(tracing => tracing.AddSource(WaybillTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(WaybillTelemetry.Name));
        if (!string.IsNullOrEmpty(configuration[Otlp]))
        {
            builder.UseOtlpExporter();
        }

        if (configuration[AzureMonitor] is { Length: > 0 } connection)
        {
            builder
                .WithTracing(tracing => tracing.AddAzureMonitorTraceExporter(Connect))
                .WithMetrics(metrics => metrics.AddAzureMonitorMetricExporter(Connect));

            void Connect(AzureMonitorExporterOptions options)
            {
                options.ConnectionString = connection;
                options.Credential = UsesIdentity(configuration) ? new DefaultAzureCredential() : null;
            }
        }

        return services;
    }

    /// <summary>Whether Application Insights takes the app's identity only, said as the host is told: <c>Authorization=AAD</c>.</summary>
    private static bool UsesIdentity(IConfiguration configuration) =>
        configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) is true;
}
