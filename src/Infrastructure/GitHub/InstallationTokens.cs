using Octokit;
using Octokit.Internal;

namespace Waybill.Infrastructure.GitHub;

/// <summary>A GitHub App's installation token, kept until five minutes before it expires and fetched by one caller at a time.</summary>
internal sealed class InstallationTokens(GitHubOptions options, IHttpClient http, TimeProvider time) : ICredentialStore, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private AccessToken? _token;

    public async Task<Credentials> GetCredentials()
    {
        if (Current is { } token)
        {
            return new Credentials(token, AuthenticationType.Bearer);
        }

        await _fetching.WaitAsync();
        try
        {
            token = Current ?? await FetchAsync();
            return new Credentials(token, AuthenticationType.Bearer);
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>Forgets the token: GitHub refused it before its time.</summary>
    public void Forget() => _token = null;

    public void Dispose() => _fetching.Dispose();

    private string? Current => _token is { } token && token.ExpiresAt - Margin > time.GetUtcNow() ? token.Token : null;

    private async Task<string> FetchAsync()
    {
        var jwt = GitHubAppJwt.Create(options.App.Id!, options.App.ReadPrivateKey(), time.GetUtcNow());
        var connection = new Connection(
            OctokitGitHubClient.Product,
            options.BaseAddress,
            new InMemoryCredentialStore(new Credentials(jwt, AuthenticationType.Bearer)),
            http,
            new SimpleJsonSerializer());

        // Callers wait here without a token of their own, so the fetch carries its own deadline.
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        var path = new Uri($"app/installations/{options.App.InstallationId}/access_tokens", UriKind.Relative);
        _token = (await connection.Post<AccessToken>(path, deadline.Token)).Body;
        return _token.Token;
    }
}
