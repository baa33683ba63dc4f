using Waybill.Engine.Ports;
using Waybill.Local.SignIn;
using Waybill.Local.Simulated;
using Waybill.Local.Starting;
using Waybill.Web.Routing;

namespace Waybill.Local;

/// <summary>The one-process head: builds the application, says what is wrong with its settings, or runs.</summary>
public static class LocalApp
{
    public static async Task<int> RunAsync(LocalSettings settings, CancellationToken cancellationToken)
    {
        await using var world = settings.IsSimulated ? await SimulatedWorld.StartAsync(settings, cancellationToken) : null;
        await using var app = Build(settings, world);
        if (StartupCheck.Problems(app.Services) is { Count: > 0 } problems)
        {
            StartupCheck.Print(problems);
            return 1;
        }

        await app.Services.GetRequiredService<IRowStore>().InitializeAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        StartupMessage.Print(app, settings, world is not null);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>The application, not started.</summary>
    /// <param name="settings">The command line.</param>
    /// <param name="world">The simulated world; null for a real one.</param>
    /// <param name="replace">Replaces services: tests put a store that fails, or another clock, in their places.</param>
    public static WebApplication Build(LocalSettings settings, SimulatedWorld? world, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. settings.Settings] });
        var given = ((IConfigurationBuilder)builder.Configuration).Build();
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = settings.Defaults(given).Concat(world?.Settings ?? []),
        });
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.ListenLocalhost(settings.Port);
            server.AddServerHeader = false;
        });

        // Only our own names are answered: a page elsewhere whose name resolves to this machine gets nothing.
        builder.Configuration["AllowedHosts"] ??= "localhost;127.0.0.1;[::1]";
        builder.Services.AddWaybillLocal(builder.Configuration, settings, world);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapWaybill();
        app.MapSignIn();
        return app;
    }
}
