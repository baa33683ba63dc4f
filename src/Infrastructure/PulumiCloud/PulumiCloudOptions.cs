namespace Waybill.Infrastructure.PulumiCloud;

/// <summary>
/// The settings under <c>PulumiCloud:</c>. Without any token Pulumi Cloud is not asked about runs, which is right for stacks whose
/// state is kept elsewhere.
/// </summary>
public sealed class PulumiCloudOptions
{
    public const string SectionName = "PulumiCloud";

    private const string DefaultConsoleHost = "app.pulumi.com";

    /// <summary>The REST API's address; another for a self-hosted Pulumi Cloud.</summary>
    public string BaseUrl { get; set; } = "https://api.pulumi.com/";

    /// <summary>Where the pages are that permalinks lead to. Unless it is set: the API's host with <c>app.</c> for <c>api.</c>.</summary>
    public string? ConsoleUrl { get; set; }

    /// <summary>An access token that may read the stacks, for every organization without one of its own.</summary>
    public string? Token { get; set; }

    /// <summary>Access tokens by organization.</summary>
    public IDictionary<string, string> Tokens { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What Pulumi Cloud signs webhooks with; at least 16 characters.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The secret before the present one, accepted while it is being rotated out.</summary>
    public string? PreviousWebhookSecret { get; set; }

    /// <summary>How long one request may take: 1 second to 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a promotion waits for Pulumi Cloud to confirm what the operator said: up to 1 hour. Then it goes on and says so.</summary>
    public TimeSpan WitnessTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The secrets that a webhook may be signed with now.</summary>
    public IReadOnlyList<string> WebhookSecrets => [.. new[] { WebhookSecret, PreviousWebhookSecret }.OfType<string>().Where(s => s.Length > 0)];

    internal bool HasToken => Token is { Length: > 0 } || Tokens.Values.Any(t => t.Length > 0);

    internal Uri BaseAddress => new(BaseUrl.TrimEnd('/') + "/");

    internal string ConsoleHost => this switch
    {
        { ConsoleUrl: { Length: > 0 } console } => new Uri(console).Host,
        _ when BaseAddress.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) => $"app.{BaseAddress.Host["api.".Length..]}",
        _ => DefaultConsoleHost,
    };

    internal string? TokenFor(string organization) =>
        Tokens.TryGetValue(organization, out var own) && own.Length > 0 ? own : Token is { Length: > 0 } ? Token : null;
}
