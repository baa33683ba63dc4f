using System.Text.RegularExpressions;
using Waybill.Domain.Promotions;
using Waybill.Engine.Tests.Telemetry;
using Waybill.Functions.Tests.World;
using static Waybill.Functions.Tests.World.PipelineBuilder;

namespace Waybill.Functions.Tests.Head;

/// <summary>What is said of the app outside of its code, in Bicep and in the pages, is true of it.</summary>
public sealed partial class DeploymentTests
{
    /// <summary>Settings of the platform's rather than of Waybill's, and those whose names are all the user's.</summary>
    private static readonly string[] Platform = ["AzureWebJobs", "FUNCTIONS_", "AZURE_", "APPLICATIONINSIGHTS_", "OTEL_", "Secrets__", "ConfigMaps__"];

    /// <summary>What manifests name, and nothing binds at start.</summary>
    private static readonly string[] ReadByName = ["Secrets__PROJECT__", "ConfigMaps__PROJECT__"];

    public static TheoryData<string> Settings => [.. SettingsCatalog.All];

    [Theory]
    [MemberData(nameof(Settings))]
    public void The_page_of_settings_lists_every_setting(string setting) => Assert.Contains(setting, Listed());

    [Fact]
    public void The_page_of_settings_lists_no_setting_that_is_not_there() =>
        Assert.Empty(Listed().Where(s => !Platform.Concat(ReadByName).Any(p => s.StartsWith(p, StringComparison.Ordinal))).Except(SettingsCatalog.All));

    [Fact]
    public void The_sample_has_something_of_every_section()
    {
        var sections = SampleSettings.Read().Keys.Select(k => k.Split(':')[0]).ToHashSet();

        Assert.Empty(SettingsCatalog.All.Select(s => s.Split("__")[0]).Distinct().Except(sections));
    }

    [Theory]
    [InlineData("app-settings.bicep")]
    [InlineData("function-app.bicep")]
    [InlineData("main.bicepparam")]
    public void A_deployment_sets_nothing_that_the_app_does_not_know(string file)
    {
        var set = SettingInBicep().Matches(Read(file)).Select(m => ClusterName().Replace(m.Groups["name"].Value, "Clusters__NAME__"));

        Assert.Empty(set.Where(s => !Platform.Any(p => s.StartsWith(p, StringComparison.Ordinal))).Except(SettingsCatalog.All));
    }

    [Fact]
    public void A_deployment_sets_what_has_no_default()
    {
        var deployed = Read("app-settings.bicep");

        Assert.All(
            ["SweepSchedule", "HealthSchedule", "PollSchedule", "HousekeepingSchedule", "Access__PromoterRoles__0", "AzureWebJobsDisableHomepage", "Storage__ServiceUri", "Manifests__Path"],
            key => Assert.Contains($"\n  {key}: ", deployed, StringComparison.Ordinal));
    }

    [Fact]
    public void A_deployment_has_the_schedules_of_the_sample()
    {
        var deployed = Read("app-settings.bicep");

        Assert.All(
            SampleSettings.Read().Where(s => s.Key.EndsWith("Schedule", StringComparison.Ordinal)),
            s => Assert.Contains($"{s.Key}: '{s.Value}'", deployed, StringComparison.Ordinal));
    }

    [Fact]
    public void The_guide_creates_the_role_that_a_deployment_asks_promoters_for()
    {
        var role = Regex.Match(Read("app-settings.bicep"), "Access__PromoterRoles__0: '(?<role>[^']+)'").Groups["role"].Value;

        Assert.Contains($"\\\"value\\\": \\\"{role}\\\"", Read("deploy.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_ask_for_what_the_app_measures()
    {
        using var metrics = new Measurements();
        await using var world = await HubWorld.CreateAsync(Stage("doomed", Scripted()));
        world.Step.Result = _ => StepResult.Failed("It does not work.");
        await world.BeginAsync("doomed");
        await HttpFunctionTests.ForgeWebhookAsync(world);

        AssertAsks("promotions", metrics.Of("waybill.promotions", "doomed"));
        AssertAsks("rejections", metrics.Of("waybill.webhook.rejections"));
        Assert.All(Outcomes().Match(Read("alerts.bicep")).Groups["outcome"].Captures, o => Assert.True(Enum.TryParse<PromotionPhase>(o.Value, out _)));
        Assert.Contains(metrics.Of("waybill.promotions", "doomed"), m => Outcomes().Match(Read("alerts.bicep")).Groups["outcome"].Captures.Any(o => o.Value == (string?)m.Tags["waybill.outcome"]));
    }

    /// <summary>The query over a metric, by the name of its variable, asks for the metric's name and for attributes that it has.</summary>
    private static void AssertAsks(string variable, IReadOnlyList<Measurement> measured)
    {
        var alerts = Read("alerts.bicep");
        var query = alerts.Split('\n').Single(l => l.Contains($"${{{variable}}}", StringComparison.Ordinal));
        var attributes = Attributes().Matches(query).Select(m => m.Groups["name"].Value).ToList();

        Assert.NotEmpty(measured);
        Assert.NotEmpty(attributes);
        Assert.Contains($"var {variable} = '{measured[0].Name}'", alerts, StringComparison.Ordinal);
        Assert.All(attributes, a => Assert.Contains(a, measured[0].Tags.Keys));
    }

    /// <summary>The settings in the first column of the page's table; <c>__X</c> stands for the setting before with another end.</summary>
    private static List<string> Listed()
    {
        List<string> listed = [];
        foreach (var row in Read("functions-settings.md").Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)))
        {
            var first = "";
            foreach (var name in Quoted().Matches(row.Split('|')[1]).Select(m => m.Groups["name"].Value))
            {
                first = name.StartsWith("__", StringComparison.Ordinal) ? first : UserNamed().Replace(name, "__NAME");
                listed.Add(name.StartsWith("__", StringComparison.Ordinal) ? $"{Stem(first, name)}{name}" : first);
            }
        }

        return listed;
    }

    private static string Stem(string first, string end) =>
        first[..first.LastIndexOf("__", end.EndsWith("__0", StringComparison.Ordinal) ? first.Length - 4 : first.Length - 1, StringComparison.Ordinal)];

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deployment", file));

    [GeneratedRegex("`(?<name>[A-Za-z_0-9]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("(?m)\\b(?<name>[A-Z][A-Za-z]+__\\w+)(?=: )")]
    private static partial Regex SettingInBicep();

    [GeneratedRegex("(?<=[a-z])__[A-Z]{2,}(?=__|$)")]
    private static partial Regex UserNamed();

    [GeneratedRegex("Clusters__[a-z]+__")]
    private static partial Regex ClusterName();

    [GeneratedRegex(@"Properties\[""(?<name>[^""]+)""\]")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"Outcome in \((""(?<outcome>\w+)""[, ]*)+\)")]
    private static partial Regex Outcomes();
}
