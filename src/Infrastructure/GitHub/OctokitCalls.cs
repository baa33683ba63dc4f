using System.Net;
using System.Runtime.Serialization;
using Octokit;
using Octokit.Internal;

namespace Waybill.Infrastructure.GitHub;

/// <summary>GET requests over Octokit: within the deadline, conditional where asked, failures in the port's terms.</summary>
internal sealed class OctokitCalls : IDisposable
{
    private const string Accepts = "application/vnd.github+json";

    private readonly GitHubOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClientAdapter _http;
    private readonly ICredentialStore _credentials;
    private readonly InstallationTokens? _installation;

    public OctokitCalls(GitHubOptions options, TimeProvider time, Func<HttpMessageHandler>? handler)
    {
        _options = options;
        _time = time;
        _http = new HttpClientAdapter(handler ?? HttpMessageHandlerFactory.CreateDefault);
        // Each call has a deadline of its own; Octokit's 100 seconds would cut off longer ones.
        _http.SetRequestTimeout(Timeout.InfiniteTimeSpan);
        _installation = options.App.IsSet ? new InstallationTokens(options, _http, time) : null;
        _credentials = _installation as ICredentialStore ?? new InMemoryCredentialStore(
            string.IsNullOrEmpty(options.Token) ? Credentials.Anonymous : new Credentials(options.Token, AuthenticationType.Bearer));
    }

    public async Task<T> GetAsync<T>(string path, string what, CancellationToken cancellationToken) =>
        (await GetAsync<T>(path, what, etag: null, cancellationToken)).Body!;

    /// <summary>The body is null when the answer is still the one that <paramref name="etag"/> names.</summary>
    public async Task<Answer<T>> GetAsync<T>(string path, string what, string? etag, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var response = await Connect(etag).Get<T>(new Uri(path, UriKind.Relative), new Dictionary<string, string>(), Accepts, either.Token).WaitAsync(either.Token);
            return Read(response, what, etag);
        }
        catch (ApiException e)
        {
            ForgetRefusedToken(e);
            throw GitHubErrors.Translate(e, what, _time.GetUtcNow());
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw GitHubErrors.Late(what, _options.Timeout, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw GitHubErrors.NoAnswer(what, _options.BaseAddress, e);
        }
        catch (Exception e) when (e is SerializationException or InvalidCastException or FormatException or ArgumentException)
        {
            throw GitHubErrors.Unreadable(what, _options.BaseAddress, e);
        }
    }

    public void Dispose()
    {
        _installation?.Dispose();
        _http.Dispose();
    }

    // A connection is only an address and these parts; the sockets belong to the shared client.
    private Connection Connect(string? etag) => new(
        OctokitGitHubClient.Product,
        _options.BaseAddress,
        _credentials,
        etag is null ? _http : new ConditionalHttpClient(_http, etag),
        new SimpleJsonSerializer());

    private Answer<T> Read<T>(IApiResponse<T> response, string what, string? etag)
    {
        var tag = response.HttpResponse.Headers.FirstOrDefault(h => h.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value;
        if (response.HttpResponse.StatusCode is HttpStatusCode.NotModified)
        {
            return new Answer<T>(default, tag ?? etag, HasNext: false);
        }

        var hasNext = response.HttpResponse.ApiInfo?.GetNextPageUrl() is not null;
        return response.Body is null ? throw GitHubErrors.Unreadable(what, _options.BaseAddress, null) : new Answer<T>(response.Body, tag, hasNext);
    }

    private void ForgetRefusedToken(ApiException error)
    {
        if (error.StatusCode is HttpStatusCode.Unauthorized)
        {
            _installation?.Forget();
        }
    }
}

/// <summary>What GitHub answered, its name for that answer, and whether its Link header promises another page.</summary>
internal sealed record Answer<T>(T? Body, string? ETag, bool HasNext);
