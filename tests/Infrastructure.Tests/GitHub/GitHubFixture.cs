using Microsoft.Extensions.Time.Testing;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.GitHub;
using Waybill.Simulation.GitHub;

namespace Waybill.Infrastructure.Tests.GitHub;

/// <summary>A simulated GitHub with one repository, and clients of it.</summary>
public abstract class GitHubFixture : IAsyncLifetime
{
    protected static readonly RepositoryName Name = new("github.com", "acme", "infra");

    private readonly List<IDisposable> _clients = [];

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero));

    protected SimulatedGitHub GitHub { get; private set; } = null!;

    protected SimulatedRepository Repository { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        GitHub = await SimulatedGitHub.StartAsync(Time);
        Repository = GitHub.CreateRepository(Name.Owner, Name.Name);
    }

    public async Task DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await GitHub.DisposeAsync();
    }

    protected OctokitGitHubClient Client(Action<GitHubOptions>? configure = null)
    {
        var options = new GitHubOptions { BaseUrl = GitHub.ApiUrl.AbsoluteUri };
        configure?.Invoke(options);
        var client = new OctokitGitHubClient(options, Time);
        _clients.Add(client);
        return client;
    }
}
