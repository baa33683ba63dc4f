using Microsoft.Playwright;

namespace Waybill.TestParts.Tests;

public sealed class ChromiumTests
{
    [SkippableFact]
    public async Task It_opens_a_page_and_runs_its_script()
    {
        Skip.If(Chromium.SkipReason is not null, Chromium.SkipReason);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.ExecutablePath, Args = Chromium.Arguments, Timeout = 60_000 });
        var page = await browser.NewPageAsync();

        await page.SetContentAsync("<title>before</title><script>document.title = 'after'</script>");

        Assert.Equal("after", await page.TitleAsync());
    }
}
