using Microsoft.Extensions.DependencyInjection;
using Waybill.Domain.Stacks;
using Waybill.Engine.Ports;
using Waybill.Simulation.Cluster;
using static Waybill.Infrastructure.Tests.Kubernetes.StackClients;

namespace Waybill.Infrastructure.Tests.Kubernetes;

/// <summary>Bad days that only a simulated API server has to order.</summary>
public sealed class StackClientFaultTests : IAsyncLifetime
{
    private SimulatedClusterUnderTest _cluster = null!;
    private ServiceProvider _services = null!;

    private static StackReference Dev => Stack("default");

    private IStackClient Client => _services.Client();

    public async Task InitializeAsync()
    {
        _cluster = await SimulatedClusterUnderTest.StartAsync();
        _services = Create(await _cluster.WriteKubeconfigAsync(), timeout: "300ms");
        await new SimulatedStack("dev", "org/program/dev", "https://github.com/org/program").CreateAsync(_cluster.Admin);
        _cluster.Server.ClearRequests();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData(400, ClusterErrorKind.Invalid)]
    [InlineData(401, ClusterErrorKind.Unauthorized)]
    [InlineData(403, ClusterErrorKind.Forbidden)]
    [InlineData(404, ClusterErrorKind.NotFound)]
    [InlineData(409, ClusterErrorKind.Conflict)]
    [InlineData(422, ClusterErrorKind.Invalid)]
    [InlineData(429, ClusterErrorKind.Throttled)]
    [InlineData(500, ClusterErrorKind.Unavailable)]
    [InlineData(503, ClusterErrorKind.Unavailable)]
    public async Task Each_status_has_its_kind_and_is_asked_for_once(int code, ClusterErrorKind kind)
    {
        _cluster.Server.Faults.Add(Fault.Status(code) with { Verb = "patch" });

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.RequestRunAsync(Dev, "1", Commit, "p1", default));

        Assert.Equal(kind, error.Kind);
        Assert.Contains("local/default/dev", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{code}", error.Message, StringComparison.Ordinal);
        Assert.Equal([new ApiRequest("patch", "stacks", "dev")], _cluster.Server.Requests);
    }

    [Fact]
    public async Task What_the_server_says_is_passed_on()
    {
        _cluster.Server.Faults.Add(Fault.Status(422));

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.RequestRunAsync(Dev, "1", Commit, "p1", default));

        Assert.Contains("an admission webhook says no", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(null)]
    public async Task Throttling_says_how_long_to_wait_when_the_server_does(int? seconds)
    {
        _cluster.Server.Faults.Add(Fault.Status(429, seconds));

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetStackAsync(Dev, default));

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, error.RetryAfter);
        Assert.True(error.IsTransient);
    }

    [Theory]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Stall)]
    public async Task Silence_ends_at_the_timeout(FaultKind kind)
    {
        _cluster.Server.Faults.Add(new Fault { Kind = kind, Times = null });

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetStackAsync(Dev, default)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(ClusterErrorKind.Unavailable, error.Kind);
        Assert.Contains("within 0.3 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("Clusters:local:Timeout", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Drop, "no connection")]
    [InlineData(FaultKind.Garble, "no proxy in between")]
    public async Task An_answer_that_is_none_is_unavailability(FaultKind kind, string said)
    {
        _cluster.Server.Faults.Add(new Fault { Kind = kind, Times = null });

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetStackAsync(Dev, default));

        Assert.Equal(ClusterErrorKind.Unavailable, error.Kind);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await _cluster.Server.DisposeAsync();

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetStackAsync(Dev, default));

        Assert.Equal(ClusterErrorKind.Unavailable, error.Kind);
    }

    [Fact]
    public async Task A_callers_cancellation_stays_a_cancellation()
    {
        _cluster.Server.Faults.Add(Fault.Hang with { Times = null });
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.GetStackAsync(Dev, cancelled.Token));
    }

    [Fact]
    public async Task A_cluster_without_the_operators_definitions_is_told_from_a_missing_Stack()
    {
        _cluster.Server.Uninstall("stacks");

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetStackAsync(Dev, default));

        Assert.Equal(ClusterErrorKind.NotFound, error.Kind);
        Assert.Contains("install the Pulumi Kubernetes Operator v2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_the_settings_do_not_name_is_unknown()
    {
        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetStackAsync(Dev with { Cluster = "prod" }, default));

        Assert.Equal(ClusterErrorKind.UnknownCluster, error.Kind);
        Assert.Contains("Clusters:prod:Kubeconfig", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_method_is_one_call()
    {
        var stack = await Client.GetStackAsync(Dev, default);
        await Client.RequestRunAsync(Dev, stack!.ResourceVersion, Commit, "p1", default);
        await Client.GetWorkspaceAsync(Dev, default);
        await Client.GetUpdateAsync(Dev, "dev-1", default);

        Assert.Equal(
            [new("get", "stacks", "dev"), new("patch", "stacks", "dev"), new("get", "workspaces", "dev"), new("get", "updates", "dev-1")],
            _cluster.Server.Requests);
    }
}
