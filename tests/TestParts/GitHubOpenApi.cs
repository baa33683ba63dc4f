namespace Waybill.TestParts;

/// <summary>GitHub's own OpenAPI description of its REST API, from the npm package <c>@octokit/openapi</c>.</summary>
public static class GitHubOpenApi
{
    private const string Variable = "WAYBILL_GITHUB_OPENAPI";

    /// <summary>Absolute path of <c>api.github.com.json</c> (13 MB, with <c>$ref</c>s), or null where there is none.</summary>
    public static string? DescriptionPath => NamedPath.FromEnvironment(Variable);

    /// <summary>The same with every <c>$ref</c> resolved (73 MB), or null where there is none.</summary>
    public static string? DereferencedPath =>
        DescriptionPath is { } path && Path.ChangeExtension(path, ".deref.json") is var other && File.Exists(other)
            ? other
            : null;

    /// <summary>Why a test that needs the description is skipped, or null where it is there.</summary>
    public static string? SkipReason => DescriptionPath is null
        ? $"no GitHub OpenAPI description: {Variable} is not set (./verify sets it up where npm is there)"
        : null;
}
