using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Waybill.EndToEnd.Tests.Drivers;
using Waybill.Engine.Ports;
using Waybill.Local;
using Waybill.Local.Simulated;
using Waybill.Local.Starting;
using Waybill.TestParts;

namespace Waybill.EndToEnd.Tests;

/// <summary>A newcomer's first minutes with the simulated world, in a browser.</summary>
public sealed class NewcomerTests
{
    private const float Minute = 60_000;

    [SkippableFact]
    public async Task Pushes_by_a_button_approves_by_keyboard_and_sees_production_and_a_failure()
    {
        Skip.If(Chromium.SkipReason is not null, Chromium.SkipReason);
        using var folder = new TemporaryFolder();
        var settings = new LocalSettings(null, LoopbackPort.FindFree(), folder.Path, []);
        await using var world = await SimulatedWorld.StartAsync(settings, CancellationToken.None);
        await using var app = await StartAsync(settings, world);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.ExecutablePath, Args = Chromium.Arguments });
        var page = await browser.NewPageAsync();
        List<string> complaints = [];
        page.Console += (_, message) => complaints.AddRange(message.Type is "error" ? [message.Text] : []);

        await page.GotoAsync(settings.Url.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Push a commit", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Review" }).First.WaitForAsync(new() { Timeout = Minute });
        await page.GetByRole(AriaRole.Link, new() { Name = "Review" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).FocusAsync();
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), answer => answer.Request.Method is "POST");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.GotoAsync(new Uri(settings.Url, "projects/hello-pulumi/stages/prod").ToString());
        await page.GetByText("Ready").First.WaitForAsync(new() { Timeout = Minute });

        await page.GotoAsync(settings.Url.ToString());
        await page.GetByRole(AriaRole.Button, new() { Name = "Push a failing commit" }).ClickAsync();
        await page.GetByText("BucketAlreadyExists").First.WaitForAsync(new() { Timeout = Minute });

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Stops_in_the_middle_of_a_promotion_and_it_goes_on_at_the_next_start()
    {
        using var folder = new TemporaryFolder();
        var settings = new LocalSettings(null, LoopbackPort.FindFree(), folder.Path, []);
        await using (var world = await SimulatedWorld.StartAsync(settings, CancellationToken.None))
        {
            await using var app = await StartAsync(settings, world);
            await world.PushAsync(failing: false, CancellationToken.None);
            await StageAsync(settings, "dev", "Promoting");
            await StopAsync(app);
        }

        await using var again = await SimulatedWorld.StartAsync(settings, CancellationToken.None);
        await using var restarted = await StartAsync(settings, again);
        await StageAsync(settings, "dev", "Ready");
        await StageAsync(settings, "staging", "Ready");
        await StopAsync(restarted);
    }

    private static async Task<Microsoft.AspNetCore.Builder.WebApplication> StartAsync(LocalSettings settings, SimulatedWorld world)
    {
        var app = LocalApp.Build(settings, world);
        await app.Services.GetRequiredService<IRowStore>().InitializeAsync(CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    private static async Task StopAsync(Microsoft.AspNetCore.Builder.WebApplication app)
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await app.StopAsync(now.Token);
    }

    private static async Task StageAsync(LocalSettings settings, string stage, string phase)
    {
        using var http = new HttpClient { BaseAddress = settings.Url };
        await Poll.UntilAsync($"{stage} to be {phase}", RunningWaybill.Patience, async token =>
            (await http.GetStringAsync(new Uri($"api/projects/hello-pulumi/stages/{stage}", UriKind.Relative), token))
                .Contains($"\"phase\":\"{phase}\"", StringComparison.Ordinal));
    }
}
