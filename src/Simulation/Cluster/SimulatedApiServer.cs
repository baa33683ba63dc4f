using System.Collections.Concurrent;
using k8s;
using k8s.KubeConfigModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Waybill.Simulation.Cluster.Api;

namespace Waybill.Simulation.Cluster;

/// <summary>One call that somebody other than the operator made.</summary>
/// <param name="Verb">RBAC's verb.</param>
/// <param name="Resource">Such as <c>stacks</c>.</param>
/// <param name="Name">The object; null for lists.</param>
public sealed record ApiRequest(string Verb, string Resource, string? Name);

/// <summary>
/// Enough of a Kubernetes API server for the operator's resources: HTTP on a loopback port of its own, bearer tokens, objects in
/// memory. Speaks plain HTTP: it never leaves the machine.
/// </summary>
public sealed class SimulatedApiServer : IAsyncDisposable
{
    private const int RequestLimit = 1000;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ApiUser> _users = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _uninstalled = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ApiRequest> _requests = new();

    private SimulatedApiServer(TimeProvider time, string? stateFile)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _users[AdminToken] = new("admin", (_, _) => true, IsOperator: false);
        _users[OperatorToken] = new("operator", (_, _) => true, IsOperator: true);
        _app.Run(new ApiEndpoint(this, new ObjectStore(time, stateFile is null ? null : new ObjectFile(stateFile)), _app.Lifetime.ApplicationStopping).HandleAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The token that may do anything.</summary>
    public string AdminToken { get; } = $"admin-{Guid.NewGuid():N}";

    /// <summary>What goes wrong with calls.</summary>
    public Faults Faults { get; } = new();

    /// <summary>The newest calls, oldest first, without the operator's.</summary>
    public IReadOnlyList<ApiRequest> Requests => [.. _requests];

    /// <summary>The operator's token: its calls are not counted and meet no faults.</summary>
    internal string OperatorToken { get; } = $"operator-{Guid.NewGuid():N}";

    /// <param name="time">The clock.</param>
    /// <param name="stateFile">A file that keeps the objects over restarts; in memory only when null.</param>
    public static async Task<SimulatedApiServer> StartAsync(TimeProvider? time = null, string? stateFile = null)
    {
        var server = new SimulatedApiServer(time ?? TimeProvider.System, stateFile);
        await server._app.StartAsync();
        server.BaseAddress = new Uri(server._app.Urls.First());
        return server;
    }

    /// <summary>A token of a user who may do only what the predicate allows, by verb and resource.</summary>
    public string AddUser(string name, Func<string, string, bool> may)
    {
        var token = $"{name}-{Guid.NewGuid():N}";
        _users[token] = new(name, may, IsOperator: false);
        return token;
    }

    /// <summary>Makes the server not know a resource any more, as if its definition were not installed.</summary>
    public void Uninstall(string resource) => _uninstalled[resource] = true;

    public void ClearRequests() => _requests.Clear();

    /// <summary>How KubernetesClient reaches the server, with a token (the administrator's unless given).</summary>
    public KubernetesClientConfiguration CreateConfiguration(string? token = null) =>
        new() { Host = Address, AccessToken = token ?? AdminToken };

    /// <summary>Writes a kubeconfig file with one context, and returns its path.</summary>
    public async Task<string> WriteKubeconfigAsync(string path, string? token = null, string context = "simulated")
    {
        var config = new K8SConfiguration
        {
            ApiVersion = "v1",
            Kind = "Config",
            CurrentContext = context,
            Clusters = [new() { Name = context, ClusterEndpoint = new ClusterEndpoint { Server = Address } }],
            Users = [new() { Name = context, UserCredentials = new UserCredentials { Token = token ?? AdminToken } }],
            Contexts = [new() { Name = context, ContextDetails = new ContextDetails { Cluster = context, User = context } }],
        };
        await File.WriteAllTextAsync(path, KubernetesYaml.Serialize(config));
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        // Calls that hang by a fault would hold a graceful stop back.
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    internal ApiUser? UserOf(string? authorization) =>
        authorization is not null && authorization.StartsWith("Bearer ", StringComparison.Ordinal)
            ? _users.GetValueOrDefault(authorization["Bearer ".Length..])
            : null;

    internal bool IsInstalled(ResourceKind kind) => !_uninstalled.ContainsKey(kind.Plural);

    internal void Record(ApiCall call)
    {
        _requests.Enqueue(new(call.Verb, call.Kind.Plural, call.Name));
        while (_requests.Count > RequestLimit)
        {
            _requests.TryDequeue(out _);
        }
    }

    private string Address => BaseAddress.GetLeftPart(UriPartial.Authority);
}

/// <summary>Somebody with a token.</summary>
internal sealed record ApiUser(string Name, Func<string, string, bool> May, bool IsOperator);
