using System.Text.Json.Nodes;
using Waybill.Engine.Ports;

namespace Waybill.Infrastructure.GitHub;

/// <summary>GitHub's commit statuses and deployments over Octokit.</summary>
public sealed class OctokitReporter : IGitHubReporter, IDisposable
{
    /// <summary>Tells our deployments from those of others.</summary>
    private const string Deploys = "waybill";

    private readonly OctokitCalls _calls;
    private readonly RepositoryPaths _paths;

    /// <param name="options">Checked by <see cref="GitHubOptionsValidator"/>.</param>
    /// <param name="time">For deadlines and the app's tokens.</param>
    /// <param name="handler">Makes the transport; null for the usual one.</param>
    public OctokitReporter(GitHubOptions options, TimeProvider time, Func<HttpMessageHandler>? handler = null)
        : this(new OctokitCalls(options, time, handler), options)
    {
    }

    internal OctokitReporter(OctokitCalls calls, GitHubOptions options) => (_calls, _paths) = (calls, new RepositoryPaths(options.BaseAddress));

    public Task SetStatusAsync(RepositoryName repository, StatusReport report, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["state"] = Name(report.State), ["context"] = report.Context, ["description"] = report.Description };
        AddAddress(body, "target_url", report.Target);
        return _calls.PostAsync<Numbered>(
            _paths.Of(repository, $"statuses/{Uri.EscapeDataString(report.Sha)}"), body, $"Setting status {report.Context} of {report.Sha} in {repository}", cancellationToken);
    }

    public async Task<long> CreateDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken)
    {
        // GitHub would merge the default branch into the commit, and wait for all of its checks, unless told not to.
        var body = new JsonObject
        {
            ["ref"] = report.Sha,
            ["task"] = Deploys,
            ["environment"] = report.Environment,
            ["description"] = report.Description,
            ["payload"] = report.Promotion,
            ["auto_merge"] = false,
            ["required_contexts"] = new JsonArray(),
        };
        var created = await _calls.PostAsync<Numbered>(
            _paths.Of(repository, "deployments"), body, $"Creating a deployment of {report.Sha} to {report.Environment} in {repository}", cancellationToken);
        return created.Id;
    }

    public async Task<long?> FindDeploymentAsync(RepositoryName repository, DeploymentReport report, CancellationToken cancellationToken)
    {
        var path = _paths.Of(
            repository, $"deployments?sha={Uri.EscapeDataString(report.Sha)}&environment={Uri.EscapeDataString(report.Environment)}&task={Deploys}&per_page=100");
        var found = await _calls.GetAsync<IReadOnlyList<Numbered>>(path, $"Listing deployments of {report.Sha} to {report.Environment} in {repository}", cancellationToken);
        return found.FirstOrDefault(d => d.Payload as string == report.Promotion)?.Id;
    }

    public Task UpdateDeploymentAsync(RepositoryName repository, long deployment, DeploymentUpdate update, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["state"] = Name(update.State), ["description"] = update.Description };
        AddAddress(body, "log_url", update.Target);
        return _calls.PostAsync<Numbered>(
            _paths.Of(repository, $"deployments/{deployment}/statuses"), body, $"Updating deployment {deployment} in {repository}", cancellationToken);
    }

    public void Dispose() => _calls.Dispose();

    private static void AddAddress(JsonObject body, string name, Uri? address)
    {
        if (address is not null)
        {
            body[name] = address.AbsoluteUri;
        }
    }

    private static string Name(StatusState state) => state.ToString().ToLowerInvariant();

    private static string Name(DeploymentState state) => state is DeploymentState.InProgress ? "in_progress" : state.ToString().ToLowerInvariant();
}

/// <summary>What is needed of GitHub's answers.</summary>
internal sealed class Numbered
{
    public long Id { get; set; }

    /// <summary>A deployment's payload; of other makers it may be anything.</summary>
    public object? Payload { get; set; }
}
