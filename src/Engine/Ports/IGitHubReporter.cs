namespace Waybill.Engine.Ports;

/// <summary>
/// Tells people on GitHub how promotions go: on the commit, and in the repository's deployments. Each call is one request, bounded in
/// time. Throws <see cref="GitHubException"/>.
/// </summary>
public interface IGitHubReporter
{
    /// <summary>Sets a commit's status in a context. GitHub keeps at most 1,000 of each commit and context, so only changes are worth a call.</summary>
    Task SetStatusAsync(RepositoryName repository, StatusReport report, CancellationToken cancellationToken);

    /// <summary>Creates a deployment, which merges nothing and waits for no checks. Returns its number.</summary>
    Task<long> CreateDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken);

    /// <summary>The number of the deployment that was created for a promotion; null when there is none.</summary>
    Task<long?> FindDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken);

    /// <summary>Adds to a deployment's history how it is now.</summary>
    Task UpdateDeploymentAsync(RepositoryName repository, long deployment, DeploymentUpdate update, CancellationToken cancellationToken);
}

/// <summary>A commit's status.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Context">What tells it from others' statuses.</param>
/// <param name="State">The state.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="Target">Where to read more.</param>
public sealed record StatusReport(string Sha, string Context, StatusState State, string Description, Uri? Target);

/// <summary>A promotion as GitHub's deployment.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Environment">The stage.</param>
/// <param name="Promotion">The promotion's name, by which the deployment is found again.</param>
/// <param name="Description">At most 140 characters.</param>
public sealed record DeploymentReport(string Sha, string Environment, string Promotion, string Description);

/// <summary>How a deployment is.</summary>
/// <param name="State">The state.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="Target">Where to read more.</param>
public sealed record DeploymentUpdate(DeploymentState State, string Description, Uri? Target);

/// <summary>GitHub's states of a commit.</summary>
public enum StatusState
{
    Pending,
    Success,
    Failure,
    Error,
}

/// <summary>GitHub's states of a deployment, as far as promotions have them.</summary>
public enum DeploymentState
{
    Queued,
    InProgress,
    Success,
    Failure,
    Error,
    Inactive,
}
