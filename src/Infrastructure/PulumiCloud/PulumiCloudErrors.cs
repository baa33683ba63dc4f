using System.Net;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.PulumiCloud;

/// <summary>Says what a failed call means in the port's terms, with the remedy. Nothing of an answer's body is repeated.</summary>
internal static class PulumiCloudErrors
{
    public static PulumiCloudException Of(HttpResponseMessage response, string what, DateTimeOffset now)
    {
        var (kind, meaning) = Judge(response.StatusCode);
        var wait = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
        return new PulumiCloudException(kind, $"{what}: {meaning}") { RetryAfter = wait > TimeSpan.Zero ? wait : null };
    }

    public static PulumiCloudException NoAnswer(string what, Uri address, Exception error) =>
        new(PulumiCloudErrorKind.Unavailable, $"{what}: no connection to {address}. Check PulumiCloud:BaseUrl and the network.", error);

    public static PulumiCloudException Late(string what, TimeSpan timeout, Exception error) =>
        new(PulumiCloudErrorKind.Unavailable, $"{what}: no answer within {timeout.TotalSeconds:0.#} s (PulumiCloud:Timeout).", error);

    public static PulumiCloudException NoJson(string what, Uri address, Exception? error = null) =>
        new(PulumiCloudErrorKind.Unavailable, $"{what}: {address} did not answer with Pulumi Cloud's JSON. Check that PulumiCloud:BaseUrl is the API's address.", error);

    public static PulumiCloudException TooLarge(string what, int limit, Exception error) =>
        new(PulumiCloudErrorKind.Unreadable, $"{what}: the answer is larger than {limit / 1024 / 1024} MiB.", error);

    private static (PulumiCloudErrorKind Kind, string Meaning) Judge(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => (PulumiCloudErrorKind.Unauthorized, $"Pulumi Cloud refused the token ({(int)status}). Check that PulumiCloud:Token has not expired and may read the stack."),
        HttpStatusCode.NotFound => (PulumiCloudErrorKind.NotFound, "Pulumi Cloud knows no such thing (404). Check that PulumiCloud:Token may read the stack."),
        HttpStatusCode.TooManyRequests => (PulumiCloudErrorKind.RateLimited, "Pulumi Cloud wants fewer requests (429)."),
        >= HttpStatusCode.InternalServerError => (PulumiCloudErrorKind.Unavailable, $"Pulumi Cloud has a problem ({(int)status}). See https://status.pulumi.com."),
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => (PulumiCloudErrorKind.Unreadable, $"the answer leads elsewhere ({(int)status}), which is not followed: the token would go along. Check PulumiCloud:BaseUrl."),
        _ => (PulumiCloudErrorKind.Unreadable, $"Pulumi Cloud answered {(int)status}."),
    };
}
