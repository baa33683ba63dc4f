using Waybill.Domain.WorkTrees;

namespace Waybill.Infrastructure.GitHub;

/// <summary>The settings under <c>GitHub:</c>. With neither token nor app GitHub is asked anonymously: public repositories, 60 requests an hour.</summary>
public sealed class GitHubOptions
{
    public const string SectionName = "GitHub";

    /// <summary>The REST API's address; for GitHub Enterprise Server <c>https://HOST/api/v3/</c>.</summary>
    public string BaseUrl { get; set; } = "https://api.github.com/";

    /// <summary>A personal access token, classic or fine-grained, that may read the repositories' contents.</summary>
    public string? Token { get; set; }

    /// <summary>A GitHub App's installation, instead of a token.</summary>
    public GitHubAppOptions App { get; set; } = new();

    /// <summary>What GitHub signs webhooks with; at least 16 characters.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The secret before the present one, accepted while it is being rotated out.</summary>
    public string? PreviousWebhookSecret { get; set; }

    /// <summary>Who commits that promotions make name as their author when no step says. Unset, GitHub names the token's or app's identity, and signs what an app commits.</summary>
    public CommitAuthorOptions CommitAuthor { get; set; } = new();

    /// <summary>Whether commits get a status for each stage that they are promoted to. Needs write access to commit statuses.</summary>
    public bool ReportStatuses { get; set; }

    /// <summary>Whether promotions are shown as deployments. Needs write access to deployments.</summary>
    public bool ReportDeployments { get; set; }

    /// <summary>How long one request may take: 1 second to 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The secrets that a webhook may be signed with now.</summary>
    public IReadOnlyList<string> WebhookSecrets => [.. new[] { WebhookSecret, PreviousWebhookSecret }.OfType<string>().Where(s => s.Length > 0)];

    /// <summary><see cref="BaseUrl"/> so that relative addresses go below it.</summary>
    internal Uri BaseAddress => new(BaseUrl.TrimEnd('/') + "/");
}

/// <summary>The settings under <c>GitHub:App:</c>.</summary>
public sealed class GitHubAppOptions
{
    /// <summary>The app's ID (or client ID), from its settings page.</summary>
    public string? Id { get; set; }

    /// <summary>The installation's number: the last part of its page's address.</summary>
    public long? InstallationId { get; set; }

    /// <summary>The app's RSA private key in PEM.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>A file that holds the key, instead of the key itself.</summary>
    public string? PrivateKeyPath { get; set; }

    internal bool IsSet => new[] { Id, PrivateKey, PrivateKeyPath }.Any(s => !string.IsNullOrEmpty(s)) || InstallationId is not null;

    /// <summary>The key's PEM text, wherever it is. Environment variables often carry it on one line with <c>\n</c> spelled out.</summary>
    internal string ReadPrivateKey() =>
        string.IsNullOrEmpty(PrivateKey) ? File.ReadAllText(PrivateKeyPath!) : PrivateKey.Replace("\\n", "\n", StringComparison.Ordinal);
}

/// <summary>The settings under <c>GitHub:CommitAuthor:</c>: both or none.</summary>
public sealed class CommitAuthorOptions
{
    public string? Name { get; set; }

    public string? Email { get; set; }

    internal CommitAuthor? ToAuthor() => string.IsNullOrEmpty(Name) || string.IsNullOrEmpty(Email) ? null : new CommitAuthor(Name, Email);
}
