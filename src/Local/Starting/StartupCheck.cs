using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;

namespace Waybill.Local.Starting;

/// <summary>Finds everything that is wrong before anything starts, and says it at once.</summary>
internal static class StartupCheck
{
    public static IReadOnlyList<string> Problems(IServiceProvider services) =>
        [.. SettingsProblems(services), .. services.GetRequiredService<IPipelineSource>().Problems];

    public static void Print(IReadOnlyList<string> problems)
    {
        Console.Error.WriteLine($"Waybill did not start: {problems.Count} {(problems.Count == 1 ? "thing is" : "things are")} wrong.");
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"  - {problem}");
        }
    }

    private static IReadOnlyList<string> SettingsProblems(IServiceProvider services)
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
}
