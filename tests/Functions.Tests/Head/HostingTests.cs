using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Functions.Driving;
using Waybill.Functions.Hosting;

namespace Waybill.Functions.Tests.Head;

public sealed class HostingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_container_makes_every_function_class()
    {
        using var services = Build(SampleSettings.Filled(_folder.FullName));
        using var scope = services.CreateScope();

        Assert.All(HeadFunctions.All.Where(f => !f.IsStatic).Select(f => f.DeclaringType!).Distinct(), type =>
            Assert.NotNull(ActivatorUtilities.CreateInstance(scope.ServiceProvider, type)));
    }

    [Fact]
    public void The_driver_is_the_durable_one()
    {
        using var services = Build(SampleSettings.Filled(_folder.FullName));

        Assert.IsType<DurableDriver>(services.GetRequiredService<IDriver>());
    }

    [Fact]
    public void The_sample_settings_are_valid_once_they_are_filled_in()
    {
        using var services = Build(SampleSettings.Filled(_folder.FullName));

        Assert.Empty(ProblemsOf(services));
    }

    [Fact]
    public void The_sample_settings_say_at_once_what_is_to_be_filled_in()
    {
        using var services = Build(SampleSettings.Read());

        var problems = ProblemsOf(services);

        string[] expected = ["Approvals:SigningKeys:0", "Clusters:dev:Kubeconfig", "Manifests:Path"];
        Assert.True(expected.Length == problems.Count, string.Join("\n", problems));
        Assert.All(expected, key => Assert.Contains(problems, p => p.StartsWith(key, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var settings = SampleSettings.Filled(_folder.FullName);
        settings["SweepSchedule"] = "often";
        settings.Remove("PollSchedule");
        settings["Retention:FreightPerWarehouse"] = "0";
        settings["Storage:ServiceUri"] = "ftp://example.com";
        settings["Clusters:dev:Entra"] = "perhaps";
        settings["Access:PromoterRoles:0"] = "";
        settings["Access:DevelopmentUser"] = "";
        using var services = Build(settings);

        var problems = string.Join('\n', ProblemsOf(services));

        Assert.All(
            ["SweepSchedule", "PollSchedule", "Retention:FreightPerWarehouse", "Storage:ServiceUri", "Clusters:dev:Entra", "Access:PromoterRoles"],
            key => Assert.Contains(key, problems, StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_is_let_in_as_a_developer_in_production()
    {
        using var services = Build(SampleSettings.Filled(_folder.FullName), Environments.Production);

        Assert.Contains(ProblemsOf(services), p => p.StartsWith("Access:DevelopmentUser", StringComparison.Ordinal));
    }

    [Fact]
    public void Broken_manifests_keep_the_app_from_starting_and_say_where()
    {
        var settings = SampleSettings.Filled(_folder.FullName);
        File.WriteAllText(Path.Combine(settings["Manifests:Path"]!, "stage.yaml"), "apiVersion: kargo.akuity.io/v1alpha1\nkind: Stage\nmetadata: {name: dev}\nspec: nonsense\n");
        using var services = Build(settings);

        Assert.Contains(ProblemsOf(services), p => p.Contains("stage.yaml", StringComparison.Ordinal));
    }

    [Fact]
    public void The_sample_names_every_schedule_that_a_timer_asks_for()
    {
        var sample = SampleSettings.Read();

        Assert.All(
            HeadFunctions.All.Select(HeadFunctions.TriggerOf<Microsoft.Azure.Functions.Worker.TimerTriggerAttribute>).OfType<Microsoft.Azure.Functions.Worker.TimerTriggerAttribute>(),
            t => Assert.Contains(t.Schedule.Trim('%'), sample.Keys));
    }

    [Fact]
    public void The_host_serves_at_the_root_and_refuses_a_second_start_of_what_runs()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Settings", "host.json")));
        var extensions = host.RootElement.GetProperty("extensions");

        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("waybill", extensions.GetProperty("durableTask").GetProperty("hubName").GetString());
        Assert.Equal("NonRunningStates", extensions.GetProperty("durableTask").GetProperty("overridableExistingInstanceStates").GetString());
        Assert.Equal("OpenTelemetry", host.RootElement.GetProperty("telemetryMode").GetString());
    }

    private static IReadOnlyList<string> ProblemsOf(IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }
        catch (AggregateException several)
        {
            return [.. several.InnerExceptions.SelectMany(e => e is OptionsValidationException invalid ? invalid.Failures : [e.Message])];
        }
    }

    private static ServiceProvider Build(IEnumerable<KeyValuePair<string, string?>> settings, string environment = "Development")
    {
        var configuration = settings.ToConfiguration();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(configuration)
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment, ApplicationName = "Waybill" })
            .AddWaybillFunctions(configuration)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }
}
