using Waybill.Engine.Ports;

namespace Waybill.Engine.Reporting;

/// <summary>Stands where no head set reporting up.</summary>
internal sealed class AbsentGitHubReporter : IGitHubReporter
{
    public Task SetStatusAsync(RepositoryName repository, StatusReport report, CancellationToken cancellationToken) => throw Absent();

    public Task<long> CreateDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken) => throw Absent();

    public Task<long?> FindDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken) => throw Absent();

    public Task UpdateDeploymentAsync(RepositoryName repository, long deployment, DeploymentUpdate update, CancellationToken cancellationToken) => throw Absent();

    private static InvalidOperationException Absent() => new("Nobody reports to GitHub.");
}
