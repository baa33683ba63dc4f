using k8s;
using Waybill.Simulation.ArgoCd.Controller;
using Waybill.Simulation.Cluster.Api;
using Waybill.Simulation.Cluster.Operator;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.ArgoCd;

/// <summary>
/// Argo CD's application controller without Argo CD: over the cluster's API, simulated or real, it compares Applications with
/// simulated repositories, syncs the Stacks in them, and heals them where it is told to. Of the manifests only Stacks count.
/// </summary>
public sealed class SimulatedArgoCd : IAsyncDisposable
{
    private readonly OperatorApi _api;
    private readonly ApplicationRefresher _refresher;
    private readonly SyncOperations _operations;
    private readonly AutoSync _autoSync;
    private readonly ControlLoop _loop;

    private SimulatedArgoCd(OperatorApi api, ManifestSource source, ArgoCdScript script, Clockwork clock, TimeSpan? interval)
    {
        _api = api;
        _refresher = new ApplicationRefresher(api, source, script, clock);
        _operations = new SyncOperations(api, source, script, clock);
        _autoSync = new AutoSync(api, script, clock);
        _loop = new ControlLoop(LookAsync, interval);
    }

    /// <summary>What went wrong last, if anything did: the controller goes on regardless.</summary>
    public Exception? LastError => _loop.LastError;

    /// <summary>How many times it has looked at everything.</summary>
    public long Rounds => _loop.Rounds;

    /// <summary>Starts it on a cluster that knows Applications and Stacks: all of it, or one namespace.</summary>
    /// <param name="client">The cluster; stays the caller's.</param>
    /// <param name="repositories">Where manifests come from; Applications name them by URL.</param>
    /// <param name="script">What happens; everything is synced at once unless given.</param>
    /// <param name="time">The clock that polls, durations and self-healing go by.</param>
    /// <param name="namespace">The only namespace to look at; null for all.</param>
    /// <param name="interval">Real time between two looks at the cluster; 100 ms unless given.</param>
    public static SimulatedArgoCd Start(
        IKubernetes client,
        IReadOnlyList<SimulatedRepository> repositories,
        ArgoCdScript? script = null,
        TimeProvider? time = null,
        string? @namespace = null,
        TimeSpan? interval = null) => new(
            new OperatorApi(client, @namespace),
            new ManifestSource(repositories),
            script ?? new ArgoCdScript(),
            new Clockwork(time ?? TimeProvider.System),
            interval);

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task LookAsync(ControlLoop loop, CancellationToken cancellationToken)
    {
        var applications = await _api.ListAsync(ResourceKind.Application, cancellationToken);
        var stacks = await _api.ListAsync(ResourceKind.Stack, cancellationToken);
        foreach (var application in applications)
        {
            await loop.AttemptAsync(() => ReconcileAsync(application, stacks, cancellationToken));
        }
    }

    private async Task ReconcileAsync(OperatorObject application, IReadOnlyList<OperatorObject> stacks, CancellationToken cancellationToken)
    {
        if (!await _operations.AdvanceAsync(application, stacks, cancellationToken)
            && await _refresher.RefreshAsync(application, stacks, cancellationToken) is { } comparison)
        {
            await _autoSync.StartAsync(application, comparison, cancellationToken);
        }
    }
}
