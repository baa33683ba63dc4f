using Waybill.Engine.Ports;

namespace Waybill.Engine.Tests.Drivers;

/// <summary>Writes down what it is told, one entry a request; fails when the test says so.</summary>
internal sealed class RecordingGitHub : IGitHubReporter
{
    private readonly List<DeploymentReport> _deployments = [];

    public List<string> Calls { get; } = [];

    public List<StatusReport> Statuses { get; } = [];

    public IReadOnlyList<DeploymentReport> Deployments => _deployments;

    public List<(long Deployment, DeploymentUpdate Update)> Updates { get; } = [];

    /// <summary>What every call throws; null for none.</summary>
    public Exception? Failure { get; set; }

    /// <summary>A deployment is created and its number never heard of.</summary>
    public bool LosesAnswer { get; set; }

    public Task SetStatusAsync(RepositoryName repository, StatusReport report, CancellationToken cancellationToken) =>
        Do("status", () => Statuses.Add(report));

    public async Task<long> CreateDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken)
    {
        await Do("create", () => _deployments.Add(report));
        return LosesAnswer ? throw new GitHubException(GitHubErrorKind.Unavailable, "The answer got lost.") : _deployments.Count;
    }

    public async Task<long?> FindDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken)
    {
        await Do("find", () => { });
        return _deployments.FindIndex(d => d.Promotion == report.Promotion && d.Sha == report.Sha) is >= 0 and var index ? index + 1 : null;
    }

    public Task UpdateDeploymentAsync(RepositoryName repository, long deployment, DeploymentUpdate update, CancellationToken cancellationToken) =>
        Do("update", () => Updates.Add((deployment, update)));

    private Task Do(string call, Action effect)
    {
        Calls.Add(call);
        if (Failure is { } failure)
        {
            return Task.FromException(failure);
        }

        effect();
        return Task.CompletedTask;
    }
}
