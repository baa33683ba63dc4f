using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Domain.ArgoCd;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.ArgoCd;
using Waybill.Infrastructure.Kubernetes;
using Waybill.Infrastructure.Tests.Kubernetes;
using Waybill.Simulation.ArgoCd;
using Waybill.Simulation.Cluster;

namespace Waybill.Infrastructure.Tests.ArgoCd;

/// <summary>Bad days that only a simulated API server has to order, and bad settings.</summary>
public sealed class ArgoCdClientFaultTests : IAsyncLifetime
{
    private SimulatedClusterUnderTest _cluster = null!;
    private ServiceProvider _services = null!;
    private string _kubeconfig = "";

    private IArgoCdClient Client => _services.GetRequiredService<IArgoCdClient>();

    private ApplicationReference Infra => Client.Locate(null, "infra");

    public async Task InitializeAsync()
    {
        _cluster = await SimulatedClusterUnderTest.StartAsync();
        _kubeconfig = await _cluster.WriteKubeconfigAsync();
        _services = Services(("Clusters:local:Kubeconfig", _kubeconfig), ("Clusters:local:Timeout", "300ms"));
        await new SimulatedApplication("infra", "https://github.com/org/manifests", "stacks").CreateAsync(_cluster.Admin);
        _cluster.Server.ClearRequests();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData(403, ClusterErrorKind.Forbidden)]
    [InlineData(404, ClusterErrorKind.NotFound)]
    [InlineData(409, ClusterErrorKind.Conflict)]
    [InlineData(422, ClusterErrorKind.Invalid)]
    [InlineData(429, ClusterErrorKind.Throttled)]
    [InlineData(500, ClusterErrorKind.Unavailable)]
    public async Task Each_status_has_its_kind_and_is_asked_for_once(int code, ClusterErrorKind kind)
    {
        var application = await Client.GetAsync(Infra, default);
        _cluster.Server.ClearRequests();
        _cluster.Server.Faults.Add(Fault.Status(code) with { Verb = "patch", Resource = "applications" });

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.SyncAsync(application!, new("p1", "ada", IsAutomated: false, null), default));

        Assert.Equal(kind, error.Kind);
        Assert.StartsWith("Application local/argocd/infra: ", error.Message, StringComparison.Ordinal);
        Assert.Equal([new ApiRequest("patch", "applications", "infra")], _cluster.Server.Requests);
    }

    [Theory]
    [InlineData(FaultKind.Hang, "within 0.3 s")]
    [InlineData(FaultKind.Drop, "no connection")]
    [InlineData(FaultKind.Garble, "no proxy in between")]
    public async Task Silence_and_nonsense_are_unavailability(FaultKind fault, string said)
    {
        _cluster.Server.Faults.Add(new Fault { Kind = fault, Times = null });

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetAsync(Infra, default)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(ClusterErrorKind.Unavailable, error.Kind);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_permission_is_named_as_the_rule_to_add()
    {
        _cluster.Server.Faults.Add(Fault.Status(403));

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.ListAsync(null, "a=b", default));

        Assert.Contains("""{apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["list"]}""", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_without_Argo_CD_is_told_from_a_missing_Application()
    {
        _cluster.Server.Uninstall("applications");

        var error = await Assert.ThrowsAsync<ClusterException>(() => Client.GetAsync(Infra, default));

        Assert.Contains("install Argo CD there, or set ArgoCd:Cluster", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_cluster_is_Argo_CD_s_and_of_several_one_must_be_named()
    {
        using var named = Services(("Clusters:a:Kubeconfig", _kubeconfig), ("Clusters:b:Kubeconfig", _kubeconfig), ("ArgoCd:Cluster", "b"), ("ArgoCd:Namespace", "cd"));
        using var open = Services(("Clusters:a:Kubeconfig", _kubeconfig), ("Clusters:b:Kubeconfig", _kubeconfig));
        using var none = Services();

        Assert.Equal(new("local", "argocd", "infra"), Infra);
        Assert.Equal(new("b", "cd", "infra"), named.GetRequiredService<IArgoCdClient>().Locate(null, "infra"));
        Assert.Equal("team", named.GetRequiredService<IArgoCdClient>().Locate("team", "infra").Namespace);
        Assert.Contains("set ArgoCd:Cluster", Refused(open), StringComparison.Ordinal);
        Assert.Contains("add Clusters:NAME:Kubeconfig", Refused(none), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_stop_the_start_all_at_once()
    {
        using var services = Services(("Clusters:a:Kubeconfig", _kubeconfig), ("ArgoCd:Cluster", "prod"), ("ArgoCd:Namespace", "Argo CD"));

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<ArgoCdOptions>>().Value);

        Assert.Contains("ArgoCd:Cluster is 'prod', which is none of the clusters in the settings (a)", error.Message, StringComparison.Ordinal);
        Assert.Contains("ArgoCd:Namespace is 'Argo CD', which can't be a namespace", error.Message, StringComparison.Ordinal);
    }

    private static string Refused(ServiceProvider services)
    {
        var error = Assert.Throws<ClusterException>(() => services.GetRequiredService<IArgoCdClient>().Locate(null, "infra"));
        Assert.Equal(ClusterErrorKind.UnknownCluster, error.Kind);
        return error.Message;
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        return new ServiceCollection().AddWaybillKubernetes(configuration).AddWaybillArgoCd(configuration).BuildServiceProvider();
    }
}
