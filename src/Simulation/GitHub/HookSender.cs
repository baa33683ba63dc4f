using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Engine.Webhooks;

namespace Waybill.Simulation.GitHub;

/// <summary>Sends webhooks as GitHub and Pulumi Cloud do: signed, once, and without a second try when the receiver fails.</summary>
/// <param name="headersOf">What a delivery carries beside its body, its signature with the hook's secret among them.</param>
internal sealed class HookSender(Func<HookDelivery, string, IEnumerable<(string Name, string Value)>> headersOf) : IDisposable
{
    // GitHub gives receivers ten seconds.
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentDictionary<Uri, string> _hooks = new();
    private readonly ConcurrentDictionary<Guid, HookDelivery> _deliveries = new();

    public IReadOnlyList<HookDelivery> Deliveries => [.. _deliveries.Values];

    public void Register(Uri url, string secret) => _hooks[url] = secret;

    public async Task<IReadOnlyList<HookDelivery>> SendAsync(string eventName, JsonObject payload, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(payload.ToJsonString());
        var sent = new List<HookDelivery>();
        foreach (var (url, _) in _hooks)
        {
            sent.Add(await SendAsync(new HookDelivery(Guid.NewGuid(), eventName, url, body, null), cancellationToken));
        }

        return sent;
    }

    /// <summary>Sends a delivery again: same id, same bytes, signed with the hook's present secret.</summary>
    public Task<HookDelivery> RedeliverAsync(Guid id, CancellationToken cancellationToken) =>
        _deliveries.TryGetValue(id, out var delivery)
            ? SendAsync(delivery, cancellationToken)
            : throw new InvalidOperationException($"There was no delivery {id}.");

    public void Dispose() => _http.Dispose();

    private async Task<HookDelivery> SendAsync(HookDelivery delivery, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(delivery, _hooks[delivery.Url]);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return _deliveries[delivery.Id] = delivery with { Status = (int)response.StatusCode };
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return _deliveries[delivery.Id] = delivery with { Status = null };
        }
    }

    private HttpRequestMessage CreateRequest(HookDelivery delivery, string secret)
    {
        var content = new ReadOnlyMemoryContent(delivery.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = content };
        foreach (var (name, value) in headersOf(delivery, secret))
        {
            request.Headers.Add(name, value);
        }

        return request;
    }
}

/// <summary>What GitHub's webhooks carry beside their bodies.</summary>
internal static class GitHubHooks
{
    public static IEnumerable<(string Name, string Value)> HeadersOf(HookDelivery delivery, string secret) =>
    [
        ("User-Agent", "GitHub-Hookshot/5171a1d"),
        ("Accept", "*/*"),
        ("X-GitHub-Event", delivery.Event),
        ("X-GitHub-Delivery", delivery.Id.ToString()),
        ("X-GitHub-Hook-ID", $"{RepositoryShapes.NumberOf(delivery.Url.AbsoluteUri)}"),
        (GitHubSignature.HeaderName, GitHubSignature.Sign(secret, delivery.Body.Span)),
    ];
}
