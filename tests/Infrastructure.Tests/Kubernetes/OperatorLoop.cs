using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Simulation.Cluster;
using Waybill.TestParts;
using static Waybill.Infrastructure.Tests.Kubernetes.StackClients;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>A cluster with the simulated operator on it, and what a promotion does there: read, patch, judge until it is settled.</summary>
internal sealed class OperatorLoop : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly ClusterUnderTest _cluster;
    private readonly ServiceProvider _services;
    private readonly SimulatedOperator _operator;

    private OperatorLoop(ClusterUnderTest cluster, ServiceProvider services)
    {
        _cluster = cluster;
        _services = services;
        _operator = SimulatedOperator.Start(cluster.Admin, Script, @namespace: cluster.Namespace, interval: TimeSpan.FromMilliseconds(20));
    }

    public OperatorScript Script { get; } = new() { RetryFactor = 0.01 };

    public IStackClient Client => _services.Client();

    public StackReference Dev => Stack(_cluster.Namespace);

    /// <summary>Verdicts in the order they were first seen, since the last request.</summary>
    public List<StackVerdictState> Seen { get; } = [];

    public static async Task<OperatorLoop> StartAsync(ClusterUnderTest cluster, bool preview = false)
    {
        var loop = new OperatorLoop(cluster, Create(await cluster.WriteKubeconfigAsync()));
        var stack = new SimulatedStack("dev", "org/program/dev", "https://github.com/org/program") { Namespace = cluster.Namespace, Preview = preview };
        await stack.CreateAsync(cluster.Admin);
        await Poll.UntilAsync("the first run", Deadline, async token =>
            await loop.Client.GetStackAsync(loop.Dev, token) is { LastUpdate.IsSuccess: true, CurrentUpdate: null });
        return loop;
    }

    /// <summary>Asks for a run as a promotion does, reading again when the operator wrote in between.</summary>
    public async Task<StackRequest> RequestAsync(string commit, string request, string type = "up")
    {
        Seen.Clear();
        while (true)
        {
            var before = await Client.GetStackAsync(Dev, default);
            try
            {
                var after = await Client.RequestRunAsync(Dev, before!.ResourceVersion, commit, request, default);
                return new(commit, request, after.Generation, type, before.LastUpdate?.Name);
            }
            catch (ClusterException ex) when (ex.Kind is ClusterErrorKind.Conflict)
            {
                // The operator wrote its status.
            }
        }
    }

    /// <summary>Judges again and again until the verdict is one of these.</summary>
    public async Task<StackVerdict> UntilAsync(StackRequest request, params StackVerdictState[] states)
    {
        StackVerdict? verdict = null;
        await Poll.UntilAsync($"{string.Join(" or ", states)} (seen: {string.Join(", ", Seen)}; operator: {_operator.LastError})", Deadline, async token =>
        {
            verdict = await JudgeAsync(request, token);
            if (!Seen.Contains(verdict.State))
            {
                Seen.Add(verdict.State);
            }

            return states.Contains(verdict.State);
        });
        return verdict!;
    }

    /// <summary>Waits until the operator shows something.</summary>
    public async Task<StackSnapshot> UntilAsync(string what, Func<StackSnapshot, bool> shows)
    {
        StackSnapshot? seen = null;
        await Poll.UntilAsync(what, Deadline, async token => (seen = await Client.GetStackAsync(Dev, token)) is not null && shows(seen));
        return seen!;
    }

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task<StackVerdict> JudgeAsync(StackRequest request, CancellationToken cancellationToken)
    {
        var verdict = StackJudgement.Judge(await Client.GetStackAsync(Dev, cancellationToken), request);
        return verdict.State is StackVerdictState.StalledByWorkspace
            ? StackJudgement.JudgeWorkspace(verdict, await Client.GetWorkspaceAsync(Dev, cancellationToken))
            : verdict;
    }
}
