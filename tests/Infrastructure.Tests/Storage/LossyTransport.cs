using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Waybill.Infrastructure.Tests.Storage;

/// <summary>The network between the SDK and the service, at a test's mercy. Counts what is sent.</summary>
internal sealed class LossyTransport : DelegatingHandler
{
    private int _requests;
    private long _largestRequest;

    public LossyTransport()
        : base(new SocketsHttpHandler())
    {
    }

    public int Requests => Volatile.Read(ref _requests);

    public long LargestRequest => Interlocked.Read(ref _largestRequest);

    /// <summary>After how many requests to the service, counted from now, its answer gets lost; zero for none.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>Runs once, after a request whose answer gets lost was carried out.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>What is answered in the service's place.</summary>
    public Func<HttpResponseMessage>? Answer { get; set; }

    public void Use(TableClientOptions options) =>
        options.Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false));

    public static HttpResponseMessage Error(HttpStatusCode status, string code) => new(status)
    {
        Content = new StringContent(
            $$"""{ "odata.error": { "code": "{{code}}", "message": { "lang": "en-US", "value": "{{code}} it is." } } }""",
            Encoding.UTF8, "application/json"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        _largestRequest = Math.Max(_largestRequest, request.Content?.Headers.ContentLength ?? 0);
        var response = Answer is null ? await base.SendAsync(request, cancellationToken) : Answer();
        if (LoseAnswers == 0)
        {
            return response;
        }

        LoseAnswers--;
        response.Dispose();
        await (Meanwhile?.Invoke() ?? Task.CompletedTask);
        throw new HttpRequestException("The connection was lost before the answer came.");
    }
}
