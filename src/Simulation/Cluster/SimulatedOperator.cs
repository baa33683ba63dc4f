using System.Text.Json.Nodes;
using k8s;
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
    private readonly OperatorApi _api;
    private readonly Clockwork _clock;
    private readonly StackReconciler _stacks;
    private readonly WorkspaceReconciler _workspaces;
    private readonly UpdateReconciler _updates;
    private readonly ControlLoop _loop;

    private SimulatedOperator(OperatorApi api, OperatorScript script, TimeProvider time, TimeSpan? interval, IRunRecorder? recorder)
    {
        _api = api;
        _clock = new Clockwork(time);
        _workspaces = new WorkspaceReconciler(_api, _clock);
        _stacks = new StackReconciler(_api, script, _workspaces, _clock);
        _updates = new UpdateReconciler(_api, _clock, recorder);
        _loop = new ControlLoop(LookAsync, interval);
    }

    /// <summary>What went wrong last, if anything did: the operator goes on regardless.</summary>
    public Exception? LastError => _loop.LastError;

    /// <summary>How many times it has looked at everything.</summary>
    public long Rounds => _loop.Rounds;

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
        new(new OperatorApi(client, @namespace), script, time ?? TimeProvider.System, interval, recorder);

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task LookAsync(ControlLoop loop, CancellationToken cancellationToken)
    {
        // Updates last: a run that a Stack names must not seem gone because the list is older than the Stack.
        var world = new World(
            await _api.ListAsync(ResourceKind.Stack, cancellationToken),
            await _api.ListAsync(ResourceKind.Workspace, cancellationToken),
            await _api.ListAsync(ResourceKind.Update, cancellationToken));
        foreach (var update in world.Updates)
        {
            var stack = world.Stack(update, OperatorObject.Text(update.Spec, "workspaceName"));
            await loop.AttemptAsync(() => _updates.ReconcileAsync(update, stack, PlanOf(update, stack), cancellationToken));
        }

        foreach (var workspace in world.Workspaces)
        {
            var stack = world.Stack(workspace, workspace.Name);
            await loop.AttemptAsync(() => stack is null
                ? _api.DeleteAsync(workspace, cancellationToken)
                : _workspaces.ReconcileAsync(workspace, _stacks.PlanFor(stack, WorkspaceReconciler.RefOf(workspace)), cancellationToken));
        }

        foreach (var stack in world.Stacks)
        {
            await loop.AttemptAsync(() => _stacks.ReconcileAsync(stack, world, cancellationToken));
        }
    }

    private RunPlan PlanOf(OperatorObject update, OperatorObject? stack) =>
        stack?.Status["currentUpdate"] is JsonObject current && OperatorObject.Text(current, "name") == update.Name
            ? _stacks.PlanFor(stack, OperatorObject.Text(current, "commit")!)
            : new RunPlan();
}
