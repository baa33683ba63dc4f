using System.Globalization;
using System.Net;
using Octokit;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>Says what a failed call means in the port's terms, with the remedy.</summary>
internal static class GitHubErrors
{
    /// <summary>GitHub's advice for a secondary limit without <c>retry-after</c>: wait at least a minute.</summary>
    private static readonly TimeSpan SecondaryLimitPause = TimeSpan.FromMinutes(1);

    private static readonly string[] ProtectionWords = ["protected", "rule", "required", "pull request", "review"];

    public static GitHubException Translate(ApiException error, string what, DateTimeOffset now)
    {
        var headers = error.HttpResponse?.Headers;
        var wait = RetryAfter(headers, now);
        if (IsRateLimit(error, headers))
        {
            var pause = wait ?? UntilReset(headers, now) ?? SecondaryLimitPause;
            return new GitHubException(GitHubErrorKind.RateLimited, $"{what}: GitHub's rate limit is used up for {pause.TotalSeconds:0} s. A GitHub App (GitHub:App) has the highest limits.", error) { RetryAfter = pause };
        }

        var (kind, meaning) = Judge(error);
        return new GitHubException(kind, $"{what}: {meaning}", error) { RetryAfter = wait, Said = Said(error) };
    }

    /// <summary>Whether an answer to a change says that GitHub understood it and will not do it.</summary>
    public static bool IsRefusal(ApiException error, GitHubErrorKind kind) => kind is not GitHubErrorKind.RateLimited
        && error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity;

    public static GitHubException Refused(ApiException error, string what) =>
        new(GitHubErrorKind.Refused, $"{what}: GitHub refused ({(int)error.StatusCode}: {Details(error)}).{Remedy(error)}", error) { Said = Details(error) };

    public static GitHubException NoAnswer(string what, Uri address, Exception error) =>
        new(GitHubErrorKind.Unavailable, $"{what}: no connection to {address}: {error.Message.TrimEnd('.')}. Check GitHub:BaseUrl and the network.", error);

    public static GitHubException Late(string what, TimeSpan timeout, Exception error) =>
        new(GitHubErrorKind.Unavailable, $"{what}: no answer within {timeout.TotalSeconds:0.#} s (GitHub:Timeout).", error);

    public static GitHubException Unreadable(string what, Uri address, Exception? error) =>
        new(GitHubErrorKind.Unavailable, $"{what}: {address} did not answer with GitHub's JSON. Check that GitHub:BaseUrl is the API's address (https://HOST/api/v3/ for GitHub Enterprise Server).", error);

    private static (GitHubErrorKind Kind, string Meaning) Judge(ApiException error) => error.StatusCode switch
    {
        HttpStatusCode.Unauthorized => (GitHubErrorKind.Unauthorized, "GitHub refused the credentials (401). Check that GitHub:Token has not expired, or that GitHub:App's ID, installation and key belong together."),
        HttpStatusCode.Forbidden => (GitHubErrorKind.Unauthorized, $"the credentials may not do this (403: {Said(error)}). Grant read access to the repository's contents and metadata."),
        HttpStatusCode.NotFound => (GitHubErrorKind.NotFound, "GitHub knows no such thing (404). Check the spelling, and that the token or app may see the repository."),
        HttpStatusCode.Conflict => (GitHubErrorKind.NotFound, $"the repository has no commits (409: {Said(error)}). Push one."),
        HttpStatusCode.UnprocessableEntity => (GitHubErrorKind.NotFound, $"GitHub knows no such commit (422: {Said(error)})."),
        HttpStatusCode.UnavailableForLegalReasons => (GitHubErrorKind.NotFound, "GitHub withholds the repository for legal reasons (451)."),
        >= HttpStatusCode.InternalServerError => (GitHubErrorKind.Unavailable, $"GitHub has a problem ({(int)error.StatusCode}). See https://www.githubstatus.com; asking again later is enough."),
        var status => (GitHubErrorKind.Unavailable, $"GitHub answered {(int)status}: {Said(error)}."),
    };

    private static bool IsRateLimit(ApiException error, IReadOnlyDictionary<string, string>? headers) =>
        error is RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException
        || error.StatusCode is HttpStatusCode.TooManyRequests
        || (error.StatusCode is HttpStatusCode.Forbidden
            && (Find(headers, "retry-after") is not null
                || Find(headers, "x-ratelimit-remaining") is "0"
                || Said(error).Contains("rate limit", StringComparison.OrdinalIgnoreCase)));

    private static TimeSpan? RetryAfter(IReadOnlyDictionary<string, string>? headers, DateTimeOffset now) => Find(headers, "retry-after") switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => TimeSpan.FromSeconds(seconds),
        var text when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) => NotNegative(moment - now),
        _ => null,
    };

    private static TimeSpan? UntilReset(IReadOnlyDictionary<string, string>? headers, DateTimeOffset now) =>
        Find(headers, "x-ratelimit-remaining") is "0"
        && long.TryParse(Find(headers, "x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
        && reset < 253_402_300_800
            ? NotNegative(DateTimeOffset.FromUnixTimeSeconds(reset) - now)
            : null;

    private static TimeSpan NotNegative(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    private static string? Find(IReadOnlyDictionary<string, string>? headers, string name) =>
        headers?.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Remedy(ApiException error) => Details(error) switch
    {
        var said when said.Contains("not accessible by", StringComparison.OrdinalIgnoreCase) || said.Contains("must have", StringComparison.OrdinalIgnoreCase)
            => " Grant the token or app write access to contents and pull requests, and have the installation accept it.",
        var said when ProtectionWords.Any(w => said.Contains(w, StringComparison.OrdinalIgnoreCase))
            => " The branch is protected: push to another one (generateTargetBranch) and open a pull request, or let the token or app bypass the rule.",
        var said when said.Contains("archived", StringComparison.OrdinalIgnoreCase) => " Unarchive the repository.",
        _ => "",
    };

    /// <summary>The message and what GitHub adds to it about single fields.</summary>
    private static string Details(ApiException error)
    {
        var further = error.ApiError?.Errors?.Select(e => string.IsNullOrEmpty(e.Message) ? $"{e.Field} {e.Code}" : e.Message).Distinct() ?? [];
        return string.Join("; ", further.Prepend(Said(error)));
    }

    // Octokit's own words for some kinds hide what GitHub said.
    private static string Said(ApiException error)
    {
        var text = string.IsNullOrEmpty(error.ApiError?.Message) ? error.Message : error.ApiError.Message;
        return text.Length <= 200 ? text.ReplaceLineEndings(" ") : string.Concat(text.ReplaceLineEndings(" ").AsSpan(0, 200), "…");
    }
}
