using System.Text.Json;

namespace Waybill.TestParts.Tests;

public sealed class GitHubOpenApiTests
{
    [SkippableFact]
    public async Task It_describes_the_compare_call()
    {
        Skip.If(GitHubOpenApi.SkipReason is not null, GitHubOpenApi.SkipReason);
        await using var file = File.OpenRead(GitHubOpenApi.DescriptionPath!);

        using var description = await JsonDocument.ParseAsync(file);

        Assert.True(description.RootElement.GetProperty("paths").TryGetProperty("/repos/{owner}/{repo}/compare/{basehead}", out _));
    }
}
