using Microsoft.Extensions.Options;
using Waybill.Engine.GitOps;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.Tests.Kubernetes;

public sealed class GitOpsClusterTests
{
    [Theory]
    [InlineData(null, "one", "one")]
    [InlineData(null, "one two", null)]
    [InlineData(null, "", null)]
    [InlineData("two", "one two", "two")]
    public void The_only_cluster_is_meant_unless_one_is_named(string? named, string clusters, string? expected)
    {
        var (rule, options) = (Rule(clusters), new GitOpsOptions { Cluster = named });

        rule.PostConfigure(null, options);

        Assert.Equal(expected, options.Cluster);
        Assert.True(rule.Validate(null, options).Succeeded);
    }

    [Fact]
    public void A_cluster_that_is_not_there_stops_the_start()
    {
        var result = Rule("one two").Validate(null, new GitOpsOptions { Cluster = "three" });

        Assert.Contains("GitOps:Cluster is 'three'", result.FailureMessage, StringComparison.Ordinal);
        Assert.Contains("one, two", result.FailureMessage, StringComparison.Ordinal);
    }

    private static GitOpsCluster Rule(string clusters)
    {
        var options = new KubernetesOptions();
        foreach (var name in clusters.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Clusters[name] = new KubernetesClusterOptions { Kubeconfig = "/none" };
        }

        return new GitOpsCluster(Options.Create(options));
    }
}
