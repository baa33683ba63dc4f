using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Waybill.Infrastructure.GitHub;

/// <summary>Finds everything that is wrong with the GitHub settings at once; each problem names its key and the remedy.</summary>
public sealed class GitHubOptionsValidator : IValidateOptions<GitHubOptions>
{
    public const int MinSecretLength = 16;

    public ValidateOptionsResult Validate(string? name, GitHubOptions options)
    {
        string[] problems = [.. FindProblems(options)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> FindProblems(GitHubOptions options) =>
    [
        .. CheckBaseUrl(options),
        .. CheckTimeout(options),
        .. CheckSecret("GitHub:WebhookSecret", options.WebhookSecret),
        .. CheckSecret("GitHub:PreviousWebhookSecret", options.PreviousWebhookSecret),
        .. CheckCredentials(options),
        .. CheckAuthor(options.CommitAuthor),
        .. CheckReporting(options),
    ];

    private static IEnumerable<string> CheckBaseUrl(GitHubOptions options)
    {
        if (!Uri.TryCreate(options.BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            yield return $"GitHub:BaseUrl is '{options.BaseUrl}', which is no web address; use https://api.github.com/, or https://HOST/api/v3/ for GitHub Enterprise Server.";
        }
        else if (url.Scheme is "http" && !url.IsLoopback)
        {
            yield return "GitHub:BaseUrl uses http, which would send the credentials in the clear; use https.";
        }
        else if (url is { Host: "github.com" } or { Query.Length: > 0 } or { UserInfo.Length: > 0 })
        {
            yield return "GitHub:BaseUrl must be the API's address without user or query; use https://api.github.com/ for github.com.";
        }
    }

    private static IEnumerable<string> CheckTimeout(GitHubOptions options)
    {
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(2))
        {
            yield return $"GitHub:Timeout is {options.Timeout}; use 00:00:01 to 00:02:00.";
        }
    }

    private static IEnumerable<string> CheckSecret(string key, string? secret)
    {
        if (secret is { Length: > 0 and < MinSecretLength })
        {
            yield return $"{key} has {secret.Length} characters, which can be guessed; use at least {MinSecretLength}, such as the output of 'openssl rand -hex 32', and set the same in GitHub's webhook.";
        }
    }

    private static IEnumerable<string> CheckAuthor(CommitAuthorOptions author)
    {
        if (string.IsNullOrEmpty(author.Name) != string.IsNullOrEmpty(author.Email))
        {
            yield return "GitHub:CommitAuthor needs both Name and Email, or neither: then GitHub names the token's or app's identity.";
        }
        else if (author.Email is { Length: > 0 } email && !email.Contains('@', StringComparison.Ordinal))
        {
            yield return $"GitHub:CommitAuthor:Email is '{email}', which is no e-mail address.";
        }
    }

    private static IEnumerable<string> CheckReporting(GitHubOptions options)
    {
        var settings = new[] { (Key: "GitHub:ReportStatuses", IsOn: options.ReportStatuses), (Key: "GitHub:ReportDeployments", IsOn: options.ReportDeployments) };
        return string.IsNullOrEmpty(options.Token) && !options.App.IsSet
            ? settings.Where(s => s.IsOn).Select(s => $"{s.Key} is true, and nobody may write to GitHub; set GitHub:App or GitHub:Token, or {s.Key} to false.")
            : [];
    }

    private static IEnumerable<string> CheckCredentials(GitHubOptions options)
    {
        if (!options.App.IsSet)
        {
            return options.Token?.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ?? false
                ? ["GitHub:Token contains white space; copy it again without line breaks."]
                : [];
        }

        return string.IsNullOrEmpty(options.Token)
            ? CheckApp(options.App)
            : [.. CheckApp(options.App), "GitHub:Token and GitHub:App are both set; keep one of them (the app is the better choice for a server)."];
    }

    private static IEnumerable<string> CheckApp(GitHubAppOptions app)
    {
        if (string.IsNullOrWhiteSpace(app.Id))
        {
            yield return "GitHub:App:Id is missing; it is on the app's settings page, as App ID or Client ID.";
        }

        if (app.InstallationId is null or <= 0)
        {
            yield return "GitHub:App:InstallationId is missing or not positive; it is the last part of the installation page's address (…/settings/installations/NUMBER).";
        }

        if (FindKeyProblem(app) is { } problem)
        {
            yield return problem;
        }
    }

    private static string? FindKeyProblem(GitHubAppOptions app)
    {
        switch (string.IsNullOrEmpty(app.PrivateKey), string.IsNullOrEmpty(app.PrivateKeyPath))
        {
            case (true, true):
                return "GitHub:App:PrivateKey is missing; set it to the PEM text, or GitHub:App:PrivateKeyPath to the file that GitHub let you download.";
            case (false, false):
                return "GitHub:App:PrivateKey and GitHub:App:PrivateKeyPath are both set; keep one.";
        }

        var key = string.IsNullOrEmpty(app.PrivateKey) ? "GitHub:App:PrivateKeyPath" : "GitHub:App:PrivateKey";
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(app.ReadPrivateKey());
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{key} names '{app.PrivateKeyPath}', which can't be read; check the path and its permissions.";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return $"{key} does not hold an unencrypted RSA private key in PEM; download a new key from the app's settings page.";
        }
    }
}
