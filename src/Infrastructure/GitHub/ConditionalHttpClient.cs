using Octokit;
using Octokit.Internal;

namespace Waybill.Infrastructure.GitHub;

/// <summary>Adds <c>If-None-Match</c>, which Octokit's connection has no parameter for. Closing it leaves the shared client open.</summary>
internal sealed class ConditionalHttpClient(IHttpClient inner, string etag) : IHttpClient
{
    public Task<IResponse> Send(IRequest request, CancellationToken cancellationToken, Func<object, object> preprocessResponseBody)
    {
        request.Headers["If-None-Match"] = etag;
        return inner.Send(request, cancellationToken, preprocessResponseBody);
    }

    public void SetRequestTimeout(TimeSpan timeout) => inner.SetRequestTimeout(timeout);

    public void Dispose()
    {
    }
}
