using System.Net;
using k8s;
using k8s.Autorest;
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
    private readonly CancellationTokenSource _stop = new();
    private readonly OperatorApi _api;
    private readonly ApplicationRefresher _refresher;
    private readonly SyncOperations _operations;
    private readonly AutoSync _autoSync;
    private readonly TimeSpan _interval;
    private readonly Task _work;
    private long _rounds;

    private SimulatedArgoCd(OperatorApi api, ManifestSource source, ArgoCdScript script, Clockwork clock, TimeSpan interval)
    {
        _api = api;
        _refresher = new ApplicationRefresher(api, source, script, clock);
        _operations = new SyncOperations(api, source, script, clock);
        _autoSync = new AutoSync(api, script, clock);
        _interval = interval;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>What went wrong last, if anything did: the controller goes on regardless.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>How many times it has looked at everything.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

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
            interval ?? TimeSpan.FromMilliseconds(100));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await LookAsync(_stop.Token);
            }
            catch (Exception ex)
            {
                // A cluster that is away for a moment must not end the controller.
                LastError = _stop.IsCancellationRequested ? LastError : ex;
            }

            Interlocked.Increment(ref _rounds);
            await Task.Delay(_interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var applications = await _api.ListAsync(ResourceKind.Application, cancellationToken);
        var stacks = await _api.ListAsync(ResourceKind.Stack, cancellationToken);
        foreach (var application in applications)
        {
            try
            {
                await ReconcileAsync(application, stacks, cancellationToken);
            }
            catch (HttpOperationException ex)
            {
                // A conflict only means that somebody was faster: the next round begins anew.
                LastError = ex.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound ? LastError : ex;
            }
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
