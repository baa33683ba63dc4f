using Waybill.Engine.Ports;
using Waybill.Local.SignIn;

namespace Waybill.Local.Starting;

/// <summary>What a person reads in the terminal once everything is up: where to look and what to do next.</summary>
internal static class StartupMessage
{
    public static void Print(WebApplication app, LocalSettings settings, bool isSimulated) =>
        Console.WriteLine(isSimulated ? Simulated(settings) : Real(app.Services, settings));

    private static string Simulated(LocalSettings settings) =>
        $"""

          Waybill is up, with the sample pipeline in a simulated world.

            Dashboard      {settings.Url}
            Push a commit  dotnet run --no-build --project src/Local -- push{(settings.Port == LocalSettings.DefaultPort ? "" : $" --port {settings.Port}")}
                           (add --simulate failure for one whose pulumi up fails; both are buttons on the page, too)

          What happens then: the commit becomes freight, dev and staging deploy and verify it within seconds,
          and prod waits until you approve. Press Ctrl+C to stop; it goes on from there at the next start.

        """;

    private static string Real(IServiceProvider services, LocalSettings settings)
    {
        var pipelines = services.GetRequiredService<IPipelineSource>().Pipelines;
        var link = services.GetRequiredService<SignInLink>();
        return $"""

              Waybill is up: {pipelines.Count} {(pipelines.Count == 1 ? "project" : "projects")} ({string.Join(", ", pipelines.Keys.Order(StringComparer.Ordinal))}).

                Sign in (once)  {new Uri(settings.Url, link.PathAndQuery)}
                API             {settings.Url}api/projects with Authorization: Bearer $(cat {link.ApiTokenPath})
                Webhook         {settings.Url}webhooks/github (GitHub must be able to reach it; without it Waybill polls)

            """;
    }
}
