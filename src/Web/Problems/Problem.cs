using Microsoft.AspNetCore.Http;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Records;

namespace Waybill.Web.Problems;

/// <summary>Why a request was not fulfilled, and what to do about it. Becomes RFC 9457 problem details, or a page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Kind">The problem's type, as the last part of its <c>urn:waybill:problem:</c>.</param>
/// <param name="Title">The same for every problem of that type.</param>
/// <param name="Detail">What happened this time, with the remedy.</param>
public sealed record Problem(int Status, string Kind, string Title, string Detail)
{
    /// <summary>When to try again; null when trying again does not help by itself.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Problem NotFound(string detail) =>
        new(StatusCodes.Status404NotFound, "not-found", "There is no such thing", detail);

    public static Problem BadRequest(string detail) =>
        new(StatusCodes.Status400BadRequest, "malformed-request", "The request can't be read", detail);

    public static Problem TooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large", $"Send a body of at most {limit} bytes.");

    public static Problem UnsupportedMediaType(string expected) => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "The request is of another kind than expected", $"Send Content-Type: {expected}.");

    public static Problem NotSignedIn { get; } = new(
        StatusCodes.Status401Unauthorized, "not-signed-in", "Nobody is signed in", "Sign in, or send a bearer token that is still valid.");

    public static Problem NotAllowed { get; } = new(
        StatusCodes.Status403Forbidden, "not-allowed", "You may look, but not change anything", "Ask an administrator for the role that lets you promote.");

    public static Problem CrossOrigin { get; } = new(
        StatusCodes.Status403Forbidden, "cross-origin", "Another site sent this request", "Open the dashboard itself and do it there.");

    public static Problem StorageUnavailable { get; } = new(
        StatusCodes.Status503ServiceUnavailable, "storage-unavailable", "The store can't be reached", "It may or may not have been done. Look again in a moment, and repeat it if it was not.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    public static Problem Busy { get; } = new(
        StatusCodes.Status409Conflict, "busy", "Others were changing the same thing all the time", "Nothing was changed. Look again, and repeat it if you still want it.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static Problem From(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => NotFound(refusal.Message),
        RefusalKind.NotAvailable => new(StatusCodes.Status409Conflict, "not-available", "The stage can't take the freight", refusal.Message),
        RefusalKind.AlreadyPromoting => new(StatusCodes.Status409Conflict, "already-promoting", "It is on its way already", refusal.Message),
        RefusalKind.AlreadyOver => new(StatusCodes.Status409Conflict, "already-over", "It is over already", refusal.Message),
        _ => new(StatusCodes.Status422UnprocessableEntity, "not-possible", "That makes no sense here", refusal.Message),
    };

    /// <summary>The problem behind an expected exception; null for a bug, which is the host's to report.</summary>
    public static Problem? From(Exception error) => error switch
    {
        ProblemException known => known.Problem,
        StorageUnavailableException => StorageUnavailable,
        RowConflictException => Busy,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large", "Send a smaller body."),
        BadHttpRequestException => BadRequest("The request broke off or is not valid HTTP. Send it again."),
        _ => null,
    };
}

/// <summary>Ends a request with a problem from wherever it is found.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
