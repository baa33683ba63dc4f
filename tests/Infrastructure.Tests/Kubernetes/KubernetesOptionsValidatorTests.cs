using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waybill.Engine.Ports;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.Tests.Kubernetes;

public sealed class KubernetesOptionsValidatorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waybill-test-");

    private const string Kubeconfig = """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts:
          - {name: one, context: {cluster: one, user: one}}
          - {name: broken, context: {cluster: nowhere, user: one}}
        clusters:
          - {name: one, cluster: {server: "https://127.0.0.1:1"}}
        users:
          - {name: one, user: {token: secret}}
        """;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_problem_is_reported_at_once_with_its_key_and_remedy()
    {
        var good = Write("good.yaml", Kubeconfig);
        using var services = Services(new()
        {
            ["Clusters:empty:Timeout"] = "soon",
            ["Clusters:missing:Kubeconfig"] = "/nowhere/kubeconfig",
            ["Clusters:garbled:Kubeconfig"] = Write("garbled.yaml", "{not: [yaml"),
            ["Clusters:blank:Kubeconfig"] = Write("blank.yaml", ""),
            ["Clusters:context:Kubeconfig"] = good,
            ["Clusters:context:Context"] = "two",
            ["Clusters:context:InCluster"] = "perhaps",
            ["Clusters:broken:Kubeconfig"] = good,
            ["Clusters:broken:Context"] = "broken",
            ["Clusters:pod:InCluster"] = "true",
            ["Clusters:pod:Timeout"] = "6m",
            ["Clusters:good:Kubeconfig"] = good,
        });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<KubernetesOptions>>().Value);

        string[] expected =
        [
            "Clusters:blank:Kubeconfig: ", "Clusters:broken:Kubeconfig: context 'broken'", "Clusters:context:Context: ",
            "Clusters:context:InCluster is 'perhaps'", "Clusters:empty:Kubeconfig is missing", "Clusters:empty:Timeout is 'soon'",
            "Clusters:garbled:Kubeconfig: ", "Clusters:missing:Kubeconfig: there is no file", "Clusters:pod:InCluster is true, but",
            "Clusters:pod:Timeout is '6m'",
        ];
        Assert.All(expected.Zip(error.Failures.Order(StringComparer.Ordinal)), pair =>
            Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        Assert.Equal(expected.Length, error.Failures.Count());
        Assert.Contains(error.Failures, f => f.Contains("set it to one of: one, broken", StringComparison.Ordinal));
    }

    [Fact]
    public void A_kubeconfig_may_be_given_as_text_as_a_vault_does()
    {
        using var services = Services(new() { ["Clusters:vault:Kubeconfig"] = Kubeconfig, ["Clusters:aks:Kubeconfig"] = Kubeconfig, ["Clusters:aks:Entra"] = "true" });
        var registry = services.GetRequiredService<ClusterRegistry>();

        Assert.NotNull(registry.Get("vault").Client);
        Assert.NotNull(registry.Get("aks").Client);
        Assert.NotNull(services.GetRequiredService<IOptions<KubernetesOptions>>().Value.Clusters["aks"].Token);
        Assert.Null(services.GetRequiredService<IOptions<KubernetesOptions>>().Value.Clusters["vault"].Token);
    }

    [Fact]
    public void A_text_that_is_no_kubeconfig_is_refused_without_being_repeated()
    {
        using var services = Services(new() { ["Clusters:vault:Kubeconfig"] = "token: very-secret\nand: garbled", ["Clusters:pod:InCluster"] = "true", ["Clusters:pod:Entra"] = "true", ["Clusters:aks:Entra"] = "maybe" });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<KubernetesOptions>>().Value);

        Assert.Contains(error.Failures, f => f.StartsWith("Clusters:vault:Kubeconfig: the text that it is set to", StringComparison.Ordinal));
        Assert.Contains(error.Failures, f => f.StartsWith("Clusters:pod:InCluster and Clusters:pod:Entra", StringComparison.Ordinal));
        Assert.Contains(error.Failures, f => f.StartsWith("Clusters:aks:Entra is 'maybe'", StringComparison.Ordinal));
        Assert.DoesNotContain("very-secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_cluster_gives_one_client_and_keeps_it()
    {
        using var services = Services(new() { ["Clusters:good:Kubeconfig"] = Write("good.yaml", Kubeconfig), ["Clusters:good:Timeout"] = "3s" });
        var registry = services.GetRequiredService<ClusterRegistry>();

        var cluster = registry.Get("good");

        Assert.Equal(("good", TimeSpan.FromSeconds(3)), (cluster.Name, cluster.Timeout));
        Assert.Same(cluster, registry.Get("GOOD"));
    }

    [Fact]
    public async Task A_token_source_that_fails_is_a_lack_of_credentials()
    {
        using var services = Services(
            new() { ["Clusters:good:Kubeconfig"] = Write("good.yaml", Kubeconfig) },
            options => options.Clusters["good"].Token = _ => throw new InvalidOperationException("no identity here"));

        var error = await Assert.ThrowsAsync<ClusterException>(
            () => services.GetRequiredService<IStackClient>().GetStackAsync(new("good", "default", "dev"), default));

        Assert.Equal(ClusterErrorKind.Unauthorized, error.Kind);
        Assert.Contains("no identity here", error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings, Action<KubernetesOptions>? configure = null)
    {
        var services = new ServiceCollection()
            .AddWaybillKubernetes(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.PostConfigure(configure ?? (_ => { }));
        return services.BuildServiceProvider();
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
