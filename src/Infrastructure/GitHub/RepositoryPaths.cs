using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>The addresses of a repository's parts, relative to the API's.</summary>
internal sealed class RepositoryPaths(Uri api)
{
    private readonly RepositoryHosts _hosts = new(api);

    /// <exception cref="GitHubException">The API serves another host.</exception>
    public string Of(RepositoryName repository)
    {
        _hosts.EnsureServed(repository);
        return $"repos/{Uri.EscapeDataString(repository.Owner)}/{Uri.EscapeDataString(repository.Name)}";
    }

    public string Of(RepositoryName repository, string rest) => $"{Of(repository)}/{rest}";

    /// <summary>Escapes a ref's or a file's name; its slashes stay.</summary>
    public static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
