using k8s;
using Waybill.Simulation.ArgoCd;
using Waybill.Simulation.GitHub;

namespace Waybill.Simulation.Cluster;

/// <summary>A whole simulated cluster: the API server and the operator on it.</summary>
public sealed class SimulatedCluster : IAsyncDisposable
{
    private readonly Kubernetes _operatorClient;
    private readonly Kubernetes _client;
    private readonly SimulatedOperator _operator;
    private readonly DirectoryInfo _folder;

    private SimulatedCluster(SimulatedApiServer server, OperatorScript script, TimeProvider time, TimeSpan? interval, IRunRecorder? recorder)
    {
        Server = server;
        Script = script;
        _folder = Directory.CreateTempSubdirectory("waybill-cluster-");
        _client = new Kubernetes(server.CreateConfiguration());
        _operatorClient = new Kubernetes(server.CreateConfiguration(server.OperatorToken));
        _operator = SimulatedOperator.Start(_operatorClient, script, time, interval: interval, recorder: recorder);
    }

    public SimulatedApiServer Server { get; }

    /// <summary>What the operator does with runs.</summary>
    public OperatorScript Script { get; }

    /// <summary>A kubeconfig file that leads here as an administrator; gone with the cluster.</summary>
    public string KubeconfigPath => Path.Combine(_folder.FullName, "kubeconfig.yaml");

    /// <summary>What went wrong last for the operator, if anything did.</summary>
    public Exception? OperatorError => _operator.LastError;

    /// <summary>How many times the operator has looked at everything.</summary>
    public long OperatorRounds => _operator.Rounds;

    /// <summary>Starts it, with no Stacks.</summary>
    /// <param name="script">What runs do; all succeed at once unless given.</param>
    /// <param name="time">The clock that durations go by.</param>
    /// <param name="interval">Real time between two looks of the operator.</param>
    /// <param name="stateFile">A file that keeps the cluster's objects over restarts; in memory only when null.</param>
    /// <param name="recorder">Pulumi's backend; without one permalinks lead nowhere.</param>
    public static async Task<SimulatedCluster> StartAsync(
        OperatorScript? script = null,
        TimeProvider? time = null,
        TimeSpan? interval = null,
        string? stateFile = null,
        IRunRecorder? recorder = null)
    {
        time ??= TimeProvider.System;
        var server = await SimulatedApiServer.StartAsync(time, stateFile);
        var cluster = new SimulatedCluster(server, script ?? new OperatorScript(), time, interval, recorder);
        await server.WriteKubeconfigAsync(cluster.KubeconfigPath);
        return cluster;
    }

    public Task CreateStackAsync(SimulatedStack stack, CancellationToken cancellationToken = default) => stack.CreateAsync(_client, cancellationToken);

    /// <summary>Starts Argo CD in the cluster; its calls are not counted and meet no faults, as the operator's. Dispose it before the cluster.</summary>
    /// <param name="repositories">Where manifests come from.</param>
    /// <param name="script">What happens; everything is synced at once unless given.</param>
    /// <param name="time">The clock that polls, durations and self-healing go by.</param>
    /// <param name="interval">Real time between two looks at the cluster.</param>
    public SimulatedArgoCd StartArgoCd(
        IReadOnlyList<SimulatedRepository> repositories, ArgoCdScript? script = null, TimeProvider? time = null, TimeSpan? interval = null) =>
        SimulatedArgoCd.Start(_operatorClient, repositories, script, time, interval: interval);

    public Task CreateApplicationAsync(SimulatedApplication application, CancellationToken cancellationToken = default) =>
        application.CreateAsync(_client, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _operator.DisposeAsync();
        _operatorClient.Dispose();
        _client.Dispose();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
