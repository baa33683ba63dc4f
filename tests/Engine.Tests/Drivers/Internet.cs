using System.Net;
using System.Text;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>The endpoints that metrics ask, answering what a test says: a request that it did not mention throws.</summary>
internal sealed class Internet : HttpMessageHandler, IHttpClientFactory
{
    private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = [];

    /// <summary>Every request in order: method, address, and each header as <c>name: value</c>.</summary>
    public List<(string Method, string Url, IReadOnlyList<string> Headers, string Body)> Requests { get; } = [];

    public List<string> Clients { get; } = [];

    public void Answers(string url, string body, int status = 200, string type = "application/json") => Answers(
        url, () => new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) });

    public void Answers(string url, Func<HttpResponseMessage> answer) => _answers[url] = answer;

    public HttpClient CreateClient(string name)
    {
        Clients.Add(name);
        return new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!.ToString();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((request.Method.Method, url, [.. request.Headers.Select(h => $"{h.Key}: {string.Join(',', h.Value)}")], body));
        return _answers.TryGetValue(url, out var answer) ? answer() : throw new InvalidOperationException($"Nobody expected a request to {url}.");
    }
}
