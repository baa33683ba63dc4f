using System.Net;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json.Nodes;
using Octokit;
using Octokit.Internal;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>Requests over Octokit: within the deadline, conditional where asked, failures in the port's terms.</summary>
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
    public Task<Answer<T>> GetAsync<T>(string path, string what, string? etag, CancellationToken cancellationToken) => CallAsync(
        what,
        etag,
        (connection, token) => connection.Get<T>(Relative(path), new Dictionary<string, string>(), Accepts, token),
        cancellationToken);

    /// <summary>Null when GitHub has no such thing.</summary>
    public async Task<T?> FindAsync<T>(string path, string what, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await GetAsync<T>(path, what, cancellationToken);
        }
        catch (GitHubException e) when (e.Kind is GitHubErrorKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>Asks for a change and returns what GitHub made.</summary>
    public async Task<T> PostAsync<T>(string path, JsonNode body, string what, CancellationToken cancellationToken) =>
        (await ChangeAsync(
            what,
            (c, token) => c.Post<T>(Relative(path), Json(body), Accepts, "application/json", new Dictionary<string, string>(), token),
            cancellationToken)).Body!;

    /// <summary>As for <see cref="PostAsync"/>.</summary>
    public async Task<T> PatchAsync<T>(string path, JsonNode body, string what, CancellationToken cancellationToken) =>
        (await ChangeAsync(what, (c, _) => c.Patch<T>(Relative(path), Json(body), Accepts), cancellationToken)).Body!;

    /// <summary>As for <see cref="PostAsync"/>.</summary>
    public async Task<T> PutAsync<T>(string path, JsonNode body, string what, CancellationToken cancellationToken) =>
        (await ChangeAsync(what, (c, _) => c.Put<T>(Relative(path), Json(body)), cancellationToken)).Body!;

    // What a refused reading means is another thing than what a refused change means.
    private async Task<Answer<T>> ChangeAsync<T>(string what, Func<Connection, CancellationToken, Task<IApiResponse<T>>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await CallAsync(what, etag: null, call, cancellationToken);
        }
        catch (GitHubException e) when (e.InnerException is ApiException error && GitHubErrors.IsRefusal(error, e.Kind))
        {
            throw GitHubErrors.Refused(error, what);
        }
    }

    private async Task<Answer<T>> CallAsync<T>(
        string what, string? etag, Func<Connection, CancellationToken, Task<IApiResponse<T>>> call, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return Read(await SendAsync(etag, call, either.Token), what, etag);
        }
        catch (ApiException e)
        {
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

    private async Task<IApiResponse<T>> SendAsync<T>(
        string? etag, Func<Connection, CancellationToken, Task<IApiResponse<T>>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(Connect(etag), cancellationToken).WaitAsync(cancellationToken);
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Unauthorized && _installation is not null)
        {
            // The app's token ended before its time. GitHub did nothing, so asking once more with a new one is safe.
            _installation.Forget();
            return await call(Connect(etag), cancellationToken).WaitAsync(cancellationToken);
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

    private static Uri Relative(string path) => new(path, UriKind.Relative);

    // As a string Octokit would send it under the type of a web form.
    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}

/// <summary>What GitHub answered, its name for that answer, and whether its Link header promises another page.</summary>
internal sealed record Answer<T>(T? Body, string? ETag, bool HasNext);
