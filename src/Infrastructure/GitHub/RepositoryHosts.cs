using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>Which hosts' repositories the configured API serves, so that <c>gitlab.com/a/b</c> is never answered with github.com's <c>a/b</c>.</summary>
internal sealed class RepositoryHosts(Uri api)
{
    /// <exception cref="GitHubException">The API serves another host.</exception>
    public void EnsureServed(RepositoryName repository)
    {
        if (!Serves(repository.Host))
        {
            throw new GitHubException(
                GitHubErrorKind.NotFound,
                $"{repository} is on {repository.Host}, and GitHub:BaseUrl ({api}) serves {Host}. Correct the repoURL or GitHub:BaseUrl.");
        }
    }

    // The simulated GitHub on loopback stands for every host.
    private bool Serves(string host) => api.IsLoopback || host.Equals(Host, StringComparison.OrdinalIgnoreCase) || host.Equals($"ssh.{Host}", StringComparison.OrdinalIgnoreCase);

    // https://api.github.com and https://api.SUBDOMAIN.ghe.com, or https://HOST/api/v3.
    private string Host => api.Host.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? api.Host[4..] : api.Host;
}
