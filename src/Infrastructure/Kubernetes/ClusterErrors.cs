using System.Globalization;
using System.Net;
using System.Text.Json;
using k8s.Autorest;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Says what a cluster's refusal means: which kind it is, what the server said, and what to do about it.</summary>
internal static class ClusterErrors
{
    private const int MaximumText = 500;

    /// <summary>Whether a 404 is about the object; otherwise the server does not know the kind at all.</summary>
    public static bool IsAboutObject(HttpOperationException ex) =>
        ApiStatus.TryRead(ex.Response.Content) is { Reason: "NotFound", Name: { Length: > 0 } };

    public static ClusterException From(ClusterCall call, HttpOperationException ex)
    {
        var status = ApiStatus.TryRead(ex.Response.Content);
        var code = ex.Response.StatusCode;
        var (kind, remedy) = Judge(call, ex, code);
        var said = status?.Message ?? ex.Response.Content;
        return new ClusterException(kind, $"{call.Subject}: the API server answered {(int)code} to {call.Verb}{Quote(said)}. {remedy}".TrimEnd(), ex)
        {
            RetryAfter = RetryAfterOf(ex.Response) ?? status?.RetryAfter,
        };
    }

    public static ClusterException Silent(ClusterCall call, TimeSpan timeout, Exception ex) => new(
        ClusterErrorKind.Unavailable,
        $"{call.Subject}: the API server did not answer {call.Verb} within {timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s. "
        + $"Check that it can be reached, or raise Clusters:{call.Cluster}:Timeout.",
        ex);

    public static ClusterException Unreachable(ClusterCall call, Exception ex) => new(
        ClusterErrorKind.Unavailable,
        $"{call.Subject}: no connection to the API server for {call.Verb} ({Innermost(ex).Message}). Check its address in the kubeconfig and the network.",
        ex);

    public static ClusterException Garbled(ClusterCall call, Exception ex) => new(
        ClusterErrorKind.Unavailable,
        $"{call.Subject}: the answer to {call.Verb} is not one of the Kubernetes API ({Innermost(ex).Message}). Check that the server address names an API server and no proxy in between.",
        ex);

    public static ClusterException NoCredentials(ClusterCall call, Exception ex) => new(
        ClusterErrorKind.Unauthorized,
        $"{call.Subject}: no credentials for {call.Verb} ({Innermost(ex).Message}). Check the user in the kubeconfig, or the identity that Waybill runs as.",
        ex);

    private static (ClusterErrorKind Kind, string Remedy) Judge(ClusterCall call, HttpOperationException ex, HttpStatusCode code) => code switch
    {
        HttpStatusCode.Unauthorized => (
            ClusterErrorKind.Unauthorized,
            $"Renew the credentials that Clusters:{call.Cluster} names; they are not accepted."),
        HttpStatusCode.Forbidden => (ClusterErrorKind.Forbidden, MissingRule(call)),
        HttpStatusCode.NotFound when IsAboutObject(ex) => (
            ClusterErrorKind.NotFound,
            $"The {call.Resource.Kind} is gone: create it, or correct the name."),
        HttpStatusCode.NotFound => (
            ClusterErrorKind.NotFound,
            $"The cluster does not know {call.Resource.Plural}.{call.Resource.Group}: {call.Resource.Remedy}."),
        HttpStatusCode.Conflict => (ClusterErrorKind.Conflict, "Somebody else changed it first: read it again and retry."),
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => (
            ClusterErrorKind.Invalid,
            "Correct what the server names; retrying the same does not help."),
        HttpStatusCode.TooManyRequests => (ClusterErrorKind.Throttled, "It asks for fewer calls: retry later."),
        >= HttpStatusCode.InternalServerError => (ClusterErrorKind.Unavailable, "The trouble is on its side: retry later."),
        _ => (ClusterErrorKind.Invalid, "Check that the server address names an API server."),
    };

    private static string MissingRule(ClusterCall call) =>
        $"Add this rule to the Role (namespace {call.Namespace}) or ClusterRole bound to Waybill's identity: "
        + $"{{apiGroups: [\"{call.Resource.Group}\"], resources: [\"{call.Resource.Plural}\"], verbs: [\"{call.Verb}\"]}}.";

    private static TimeSpan? RetryAfterOf(HttpResponseMessageWrapper response) =>
        response.Headers.FirstOrDefault(h => string.Equals(h.Key, "Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string Quote(string? said)
    {
        var text = (said ?? "").ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "" : $": {(text.Length > MaximumText ? text[..MaximumText] + "..." : text).TrimEnd('.')}";
    }

    private static Exception Innermost(Exception ex) => ex.InnerException is { } inner ? Innermost(inner) : ex;

    /// <summary>The <c>Status</c> object that Kubernetes answers errors with.</summary>
    private sealed record ApiStatus(string? Reason, string? Message, string? Name, TimeSpan? RetryAfter)
    {
        public static ApiStatus? TryRead(string? content)
        {
            try
            {
                var status = SnapshotMapping.Parse(content);
                var seconds = SnapshotMapping.Number(status?["details"]?["retryAfterSeconds"]);
                return SnapshotMapping.Text(status?["kind"]) is "Status"
                    ? new(
                        SnapshotMapping.Text(status?["reason"]),
                        SnapshotMapping.Text(status?["message"]),
                        SnapshotMapping.Text(status?["details"]?["name"]),
                        seconds > 0 ? TimeSpan.FromSeconds(seconds) : null)
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
