using k8s;
using k8s.KubeConfigModels;
using Microsoft.Extensions.Options;
using Waybill.Domain;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Finds every mistake in the clusters' settings at once, without calling a cluster or running a credential plugin.</summary>
public sealed class KubernetesOptionsValidator : IValidateOptions<KubernetesOptions>
{
    private static readonly TimeSpan MaximumTimeout = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, KubernetesOptions options)
    {
        var problems = options.Clusters.SelectMany(c => ProblemsOf($"{KubernetesOptions.Section}:{c.Key}", c.Value)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Reads <c>Timeout</c>; false when it is not a usable duration.</summary>
    internal static bool TryReadTimeout(KubernetesClusterOptions cluster, out TimeSpan timeout)
    {
        timeout = KubernetesClusterOptions.DefaultTimeout;
        return cluster.Timeout is null
            || (GoDuration.TryParse(cluster.Timeout, out timeout) && timeout > TimeSpan.Zero && timeout <= MaximumTimeout);
    }

    private static IEnumerable<string> ProblemsOf(string key, KubernetesClusterOptions cluster)
    {
        var inCluster = string.Equals(cluster.InCluster, "true", StringComparison.OrdinalIgnoreCase);
        foreach (var (name, value) in new[] { (nameof(cluster.InCluster), cluster.InCluster), (nameof(cluster.Entra), cluster.Entra) })
        {
            if (value is { Length: > 0 } && !bool.TryParse(value, out _))
            {
                yield return $"{key}:{name} is '{value}': set it to true or false.";
            }
        }

        if (!TryReadTimeout(cluster, out _))
        {
            yield return $"{key}:Timeout is '{cluster.Timeout}': set a duration such as 10s, more than 0 and at most 5m.";
        }

        foreach (var problem in inCluster ? InClusterProblems(key, cluster) : KubeconfigProblems(key, cluster))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> InClusterProblems(string key, KubernetesClusterOptions cluster)
    {
        if (cluster.Kubeconfig is { Length: > 0 } || cluster.Context is { Length: > 0 })
        {
            yield return $"{key}:InCluster is true, yet {key}:Kubeconfig or {key}:Context is set: keep one of the two ways.";
        }

        if (string.Equals(cluster.Entra, "true", StringComparison.OrdinalIgnoreCase))
        {
            yield return $"{key}:InCluster and {key}:Entra are both true: keep one of the two ways.";
        }

        if (!KubernetesClientConfiguration.IsInCluster())
        {
            yield return $"{key}:InCluster is true, but this process does not run in a pod with a service account: set {key}:Kubeconfig instead.";
        }
    }

    private static List<string> KubeconfigProblems(string key, KubernetesClusterOptions cluster)
    {
        if (string.IsNullOrWhiteSpace(cluster.Kubeconfig))
        {
            return [$"{key}:Kubeconfig is missing: set it to the path of a kubeconfig file, or {key}:InCluster to true."];
        }

        var source = Kubeconfigs.NameOf(cluster.Kubeconfig);
        return Kubeconfigs.IsText(cluster.Kubeconfig) || File.Exists(source)
            ? ContentProblems(key, cluster, cluster.Kubeconfig, source)
            : [$"{key}:Kubeconfig: there is no file {source}: correct the path or put the file there."];
    }

    private static List<string> ContentProblems(string key, KubernetesClusterOptions cluster, string setting, string source)
    {
        if (!TryLoad(setting, out var kubeconfig, out var problem))
        {
            return [$"{key}:Kubeconfig: {source} can't be read as a kubeconfig ({problem}): write it anew, for example with kubectl config view --flatten."];
        }

        var contexts = kubeconfig.Contexts?.Select(c => c.Name).ToList() ?? [];
        var wanted = cluster.Context is { Length: > 0 } set ? set : kubeconfig.CurrentContext;
        if (string.IsNullOrEmpty(wanted))
        {
            return [$"{key}:Context is missing, and {source} has no current context: set it to one of: {string.Join(", ", contexts)}."];
        }

        var context = kubeconfig.Contexts?.FirstOrDefault(c => string.Equals(c.Name, wanted, StringComparison.OrdinalIgnoreCase));
        if (context is null)
        {
            return [$"{key}:Context: {source} has no context '{wanted}': set it to one of: {string.Join(", ", contexts)}."];
        }

        var target = context.ContextDetails?.Cluster;
        var endpoint = kubeconfig.Clusters?.FirstOrDefault(c => string.Equals(c.Name, target, StringComparison.OrdinalIgnoreCase))?.ClusterEndpoint;
        return Uri.TryCreate(endpoint?.Server, UriKind.Absolute, out var server) && server.Scheme is "https" or "http"
            ? []
            : [$"{key}:Kubeconfig: context '{wanted}' of {source} leads to no cluster with a server address: mend it."];
    }

    private static bool TryLoad(string setting, out K8SConfiguration kubeconfig, out string problem)
    {
        kubeconfig = new K8SConfiguration();
        problem = "it has no contexts";
        try
        {
            kubeconfig = Kubeconfigs.Load(setting) ?? kubeconfig;
            return kubeconfig.Contexts?.Any() is true;
        }
        catch (Exception ex)
        {
            // The reader throws all kinds of exceptions; an empty file makes it a NullReferenceException.
            problem = ex.Message.ReplaceLineEndings(" ");
            return false;
        }
    }
}
