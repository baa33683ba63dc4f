using System.Globalization;
using Microsoft.AspNetCore.Http;
using Waybill.Web.Api;

namespace Waybill.Web.Problems;

/// <summary>A problem as <c>application/problem+json</c>.</summary>
public sealed class ProblemResult(Problem problem) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        problem.SetHeaders(response);
        var payload = new ProblemPayload(
            $"urn:waybill:problem:{problem.Kind}", problem.Title, problem.Status, problem.Detail, httpContext.Request.Path.ToUriComponent());
        await response.WriteAsJsonAsync(payload, ApiJson.Default.ProblemPayload, "application/problem+json", httpContext.RequestAborted);
    }
}

internal static class ProblemHeaders
{
    /// <summary>Sets the status and the headers that go with it.</summary>
    public static void SetHeaders(this Problem problem, HttpResponse response)
    {
        response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } retryAfter)
        {
            response.Headers.RetryAfter = retryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }
    }
}
