using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using Waybill.Simulation.Cluster.Api;
using Waybill.Simulation.Cluster.Operator;

namespace Waybill.Simulation.Cluster;

/// <summary>
/// The Pulumi Kubernetes Operator v2 without Pulumi: a controller that treats Stacks as the real one does, over the cluster's
/// API, and runs what <see cref="OperatorScript"/> says. It looks at everything again and again rather than watching, so no
/// lost connection can make it miss a change.
/// </summary>
public sealed class SimulatedOperator : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly OperatorApi _api;
    private readonly Clockwork _clock;
    private readonly StackReconciler _stacks;
    private readonly WorkspaceReconciler _workspaces;
    private readonly UpdateReconciler _updates;
    private readonly TimeSpan _interval;
    private readonly Task _work;
    private long _rounds;

    private SimulatedOperator(OperatorApi api, OperatorScript script, TimeProvider time, TimeSpan interval, IRunRecorder? recorder)
    {
        _api = api;
        _clock = new Clockwork(time);
        _workspaces = new WorkspaceReconciler(_api, _clock);
        _stacks = new StackReconciler(_api, script, _workspaces, _clock);
        _updates = new UpdateReconciler(_api, _clock, recorder);
        _interval = interval;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>What went wrong last, if anything did: the operator goes on regardless.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>How many times it has looked at everything.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>Starts it on a cluster that has the operator's resources: all of it, or one namespace.</summary>
    /// <param name="client">The cluster; stays the caller's.</param>
    /// <param name="script">What happens.</param>
    /// <param name="time">The clock that runs' durations and retries go by.</param>
    /// <param name="namespace">The only namespace to look at; null for all.</param>
    /// <param name="interval">Real time between two looks; 100 ms unless given.</param>
    /// <param name="recorder">Pulumi's backend; without one permalinks lead nowhere.</param>
    public static SimulatedOperator Start(
        IKubernetes client,
        OperatorScript script,
        TimeProvider? time = null,
        string? @namespace = null,
        TimeSpan? interval = null,
        IRunRecorder? recorder = null) =>
        new(new OperatorApi(client, @namespace), script, time ?? TimeProvider.System, interval ?? TimeSpan.FromMilliseconds(100), recorder);

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
                // A script's mistake, or a cluster that is away for a moment, must not end the operator.
                LastError = _stop.IsCancellationRequested ? LastError : ex;
            }

            Interlocked.Increment(ref _rounds);
            await Task.Delay(_interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        // Updates last: a run that a Stack names must not seem gone because the list is older than the Stack.
        var world = new World(
            await _api.ListAsync(ResourceKind.Stack, cancellationToken),
            await _api.ListAsync(ResourceKind.Workspace, cancellationToken),
            await _api.ListAsync(ResourceKind.Update, cancellationToken));
        foreach (var update in world.Updates)
        {
            var stack = world.Stack(update, OperatorObject.Text(update.Spec, "workspaceName"));
            await AttemptAsync(() => _updates.ReconcileAsync(update, stack, PlanOf(update, stack), cancellationToken));
        }

        foreach (var workspace in world.Workspaces)
        {
            var stack = world.Stack(workspace, workspace.Name);
            await AttemptAsync(() => stack is null
                ? _api.DeleteAsync(workspace, cancellationToken)
                : _workspaces.ReconcileAsync(workspace, _stacks.PlanFor(stack, WorkspaceReconciler.RefOf(workspace)), cancellationToken));
        }

        foreach (var stack in world.Stacks)
        {
            await AttemptAsync(() => _stacks.ReconcileAsync(stack, world, cancellationToken));
        }
    }

    private RunPlan PlanOf(OperatorObject update, OperatorObject? stack) =>
        stack?.Status["currentUpdate"] is JsonObject current && OperatorObject.Text(current, "name") == update.Name
            ? _stacks.PlanFor(stack, OperatorObject.Text(current, "commit")!)
            : new RunPlan();

    // One object's trouble is no other's; a conflict only means that somebody was faster.
    private async Task AttemptAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (HttpOperationException ex)
        {
            LastError = ex.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound ? LastError : ex;
        }
    }
}
