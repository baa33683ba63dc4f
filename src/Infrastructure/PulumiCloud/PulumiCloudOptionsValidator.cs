using Microsoft.Extensions.Options;
using Waybill.Infrastructure.GitHub;

namespace Waybill.Infrastructure.PulumiCloud;

/// <summary>Finds everything that is wrong with the Pulumi Cloud settings at once; each problem names its key and the remedy.</summary>
public sealed class PulumiCloudOptionsValidator : IValidateOptions<PulumiCloudOptions>
{
    public ValidateOptionsResult Validate(string? name, PulumiCloudOptions options)
    {
        string[] problems =
        [
            .. CheckAddress("PulumiCloud:BaseUrl", options.BaseUrl, "https://api.pulumi.com/, or the API's address of your self-hosted Pulumi Cloud"),
            .. options.ConsoleUrl is { Length: > 0 } console ? CheckAddress("PulumiCloud:ConsoleUrl", console, "https://app.pulumi.com/, or leave it out") : [],
            .. CheckToken("PulumiCloud:Token", options.Token),
            .. options.Tokens.SelectMany(t => CheckToken($"PulumiCloud:Tokens:{t.Key}", t.Value)),
            .. CheckSecret("PulumiCloud:WebhookSecret", options.WebhookSecret),
            .. CheckSecret("PulumiCloud:PreviousWebhookSecret", options.PreviousWebhookSecret),
            .. CheckTime("PulumiCloud:Timeout", options.Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            .. CheckTime("PulumiCloud:WitnessTimeout", options.WitnessTimeout, TimeSpan.Zero, TimeSpan.FromHours(1)),
        ];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> CheckAddress(string key, string text, string remedy)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url is { Query.Length: > 0 } or { UserInfo.Length: > 0 })
        {
            yield return $"{key} is '{text}', which is no plain web address; use {remedy}.";
        }
        else if (url.Scheme is "http" && !url.IsLoopback)
        {
            yield return $"{key} uses http, which would send the token in the clear; use https.";
        }
    }

    private static IEnumerable<string> CheckToken(string key, string? token)
    {
        if (token?.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) is true)
        {
            yield return $"{key} contains white space; copy it again without line breaks.";
        }
    }

    private static IEnumerable<string> CheckSecret(string key, string? secret)
    {
        if (secret is { Length: > 0 and < GitHubOptionsValidator.MinSecretLength })
        {
            yield return $"{key} has {secret.Length} characters, which can be guessed; use at least {GitHubOptionsValidator.MinSecretLength}, such as the output of 'openssl rand -hex 32', and set the same in Pulumi Cloud's webhook.";
        }
    }

    private static IEnumerable<string> CheckTime(string key, TimeSpan time, TimeSpan least, TimeSpan most)
    {
        if (time < least || time > most)
        {
            yield return $"{key} is {time}; use {least} to {most}.";
        }
    }
}
