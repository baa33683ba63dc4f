using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Waybill.Infrastructure.Kubernetes;

namespace Waybill.Infrastructure.ArgoCd;

/// <summary>Finds every mistake in Argo CD's settings at once. Several clusters and none named is none: Argo CD may not be used.</summary>
public sealed partial class ArgoCdOptionsValidator : IValidateOptions<ArgoCdOptions>
{
    public ValidateOptionsResult Validate(string? name, ArgoCdOptions options)
    {
        List<string> problems = [];
        if (options.Cluster is { Length: > 0 } cluster && !options.KnownClusters.Contains(cluster, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(
                $"{ArgoCdOptions.Section}:Cluster is '{cluster}', which is none of the clusters in the settings ({string.Join(", ", options.KnownClusters)}): "
                + $"correct it, or add {KubernetesOptions.Section}:{cluster}:Kubeconfig.");
        }

        if (!NamespaceName().IsMatch(options.Namespace ?? ""))
        {
            problems.Add(
                $"{ArgoCdOptions.Section}:Namespace is '{options.Namespace}', which can't be a namespace: set lower-case letters, digits and dashes, "
                + "or leave it out for argocd.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex NamespaceName();
}
