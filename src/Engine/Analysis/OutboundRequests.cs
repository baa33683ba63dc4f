using System.Net.Http.Headers;
using System.Text;
using Waybill.Domain;
using Waybill.Domain.Analysis;

namespace Waybill.Engine.Analysis;

/// <summary>
/// Asks addresses that templates give. Requests go through clients named here, which refuse link-local and metadata
/// addresses, log nothing (addresses and headers may hold secrets) and follow no redirects: those within the same host are followed here.
/// </summary>
public sealed class OutboundRequests(IHttpClientFactory clients, VerificationOptions options)
{
    /// <summary>The client for measurements.</summary>
    public const string ClientName = "verification";

    /// <summary>The same, taking any certificate.</summary>
    public const string InsecureClientName = "verification-insecure";

    private const int MaxRedirects = 5;
    private const int MaxBytes = 1024 * 1024;

    internal async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(request.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return OutboundAnswer.Failed("The url is not an absolute http or https address.");
        }

        if (request.IsInsecure && !options.AllowInsecure)
        {
            return OutboundAnswer.Failed("insecure: true is refused; the setting Verification:AllowInsecure allows it.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(request.Timeout);
        try
        {
            return await FollowAsync(request, url, deadline.Token);
        }
        catch (HttpRequestException error)
        {
            return OutboundAnswer.Failed($"{request.Method} {Shown(url)}: {error.Message}");
        }
        catch (IOException error)
        {
            return OutboundAnswer.Failed($"{request.Method} {Shown(url)}: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OutboundAnswer.Failed($"{request.Method} {Shown(url)}: no complete answer within {GoDuration.Format(request.Timeout)}.");
        }
    }

    /// <summary>Query strings carry keys more often than they should.</summary>
    private static string Shown(Uri url) => url.GetLeftPart(UriPartial.Path);

    private async Task<OutboundAnswer> FollowAsync(OutboundRequest request, Uri url, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(request.IsInsecure ? InsecureClientName : ClientName);
        for (var left = MaxRedirects; ; left--)
        {
            using var message = Build(request, url, out var problem);
            if (problem is not null)
            {
                return OutboundAnswer.Failed(problem);
            }

            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return await ReadAsync(request, url, response, cancellationToken);
            }

            var next = new Uri(url, location);
            if (request.Method != "GET" || left == 0 || next.Host != url.Host || next.Port != url.Port || next.Scheme != url.Scheme)
            {
                return OutboundAnswer.Failed($"{request.Method} {Shown(url)} redirects to {Shown(next)}, which is not followed: only few redirects of a GET within one host are.");
            }

            url = next;
        }
    }

    private static async Task<OutboundAnswer> ReadAsync(OutboundRequest request, Uri url, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var hint = (int)response.StatusCode is 401 or 403 ? ": check the credentials in its headers" : "";
            return OutboundAnswer.Failed($"{request.Method} {Shown(url)} answered {(int)response.StatusCode} {response.ReasonPhrase}{hint}.");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(response.Content.Headers.ContentLength ?? MaxBytes, MaxBytes) + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxBytes
            ? OutboundAnswer.Failed($"{request.Method} {Shown(url)}: the answer is larger than {MaxBytes / 1024 / 1024} MiB.")
            : new OutboundAnswer(Encoding.UTF8.GetString(buffer, 0, length), response.Content.Headers.ContentType?.MediaType, null);
    }

    private static HttpRequestMessage Build(OutboundRequest request, Uri url, out string? problem)
    {
        problem = null;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.Body is not null)
        {
            message.Content = new StringContent(request.Body, Encoding.UTF8);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.BodyType);
        }

        foreach (var header in request.Headers)
        {
            if (header.Value.AsSpan().ContainsAny('\r', '\n') || !TryAdd(message, header))
            {
                problem = $"The header {header.Key} can't be sent: its name or value is not one of HTTP, such as a value with a line break.";
            }
        }

        return message;
    }

    private static bool TryAdd(HttpRequestMessage message, MetricHeader header) =>
        string.Equals(header.Key, "Content-Type", StringComparison.OrdinalIgnoreCase)
            ? message.Content is null || (message.Content.Headers.Remove("Content-Type") && message.Content.Headers.TryAddWithoutValidation(header.Key, header.Value))
            : message.Headers.TryAddWithoutValidation(header.Key, header.Value);
}

/// <summary>A request to an address that a template gives.</summary>
internal sealed record OutboundRequest(string Method, string Url, IReadOnlyList<MetricHeader> Headers, TimeSpan Timeout, bool IsInsecure)
{
    public string? Body { get; init; }

    public string BodyType { get; init; } = "text/plain; charset=utf-8";
}

/// <summary>A good answer's text, or why there is none.</summary>
internal sealed record OutboundAnswer(string Text, string? MediaType, string? Problem)
{
    public bool LooksLikeHtml => MediaType is "text/html" or "application/xhtml+xml" || Text.AsSpan().TrimStart().StartsWith("<", StringComparison.Ordinal);

    public static OutboundAnswer Failed(string problem) => new("", null, problem);
}
