using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>An answer before the headers that every answer carries.</summary>
internal sealed record GitHubReply(int Status, JsonNode Body)
{
    /// <summary>The last page of a paged list; zero for answers without pages.</summary>
    public int LastPage { get; init; }

    public int Page { get; init; } = 1;

    public static GitHubReply Ok(JsonNode body) => new(StatusCodes.Status200OK, body);

    public static GitHubReply NotFound { get; } = Error(StatusCodes.Status404NotFound, "Not Found");

    public static GitHubReply Error(int status, string message) => new(status, new JsonObject
    {
        ["message"] = message,
        ["documentation_url"] = "https://docs.github.com/rest",
        ["status"] = status.ToString(CultureInfo.InvariantCulture),
    });

    public static GitHubReply Paged<T>(IReadOnlyList<T> all, int page, int size, Func<IReadOnlyList<T>, JsonNode> shape) =>
        Ok(shape([.. all.Skip((page - 1) * size).Take(size)])) with { Page = page, LastPage = (all.Count + size - 1) / size };

    public async Task WriteAsync(HttpContext context, RateLimit limit)
    {
        var (request, response) = (context.Request, context.Response);
        var body = System.Text.Encoding.UTF8.GetBytes(Body.ToJsonString());
        var etag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"";
        var isKnown = Status == StatusCodes.Status200OK && request.Headers.IfNoneMatch == etag;
        limit.WriteTo(response, isCounted: !isKnown);
        AddLinks(request, response);
        response.Headers.ETag = etag;
        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.StatusCode = isKnown ? StatusCodes.Status304NotModified : Status;
        if (!isKnown && Status is not StatusCodes.Status204NoContent)
        {
            response.ContentType = "application/json; charset=utf-8";
            limit.Sent(body.Length);
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private void AddLinks(HttpRequest request, HttpResponse response)
    {
        (string Rel, int Page, bool Shown)[] links =
            [("prev", Page - 1, Page > 1), ("next", Page + 1, Page < LastPage), ("last", LastPage, Page < LastPage), ("first", 1, Page > 1)];
        if (LastPage > 1)
        {
            response.Headers.Link = string.Join(", ", links.Where(l => l.Shown).Select(l => $"<{AddressOf(request, l.Page)}>; rel=\"{l.Rel}\""));
        }
    }

    private static string AddressOf(HttpRequest request, int page)
    {
        var query = request.Query.Where(q => q.Key is not "page").Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value.ToString())}").Append($"page={page}");
        return $"{request.Scheme}://{request.Host}{request.Path}?{string.Join('&', query)}";
    }
}

/// <summary>The caller's hourly allowance.</summary>
internal sealed class RateLimit(TimeProvider time)
{
    private const int Allowance = 5000;

    private int _used;

    private long _bytes;

    /// <summary>How many bytes of bodies went out.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Requests that counted so far: an answer that had not changed does not.</summary>
    public int Used => _used;

    public void Sent(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void WriteTo(HttpResponse response, bool isCounted)
    {
        var used = isCounted ? Interlocked.Increment(ref _used) : _used;
        response.Headers["x-ratelimit-limit"] = $"{Allowance}";
        response.Headers["x-ratelimit-remaining"] = $"{Math.Max(0, Allowance - used)}";
        response.Headers["x-ratelimit-used"] = $"{used}";
        response.Headers["x-ratelimit-reset"] = $"{time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}";
        response.Headers["x-ratelimit-resource"] = "core";
    }
}
