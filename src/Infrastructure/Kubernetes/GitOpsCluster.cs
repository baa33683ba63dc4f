using Microsoft.Extensions.Options;
using Waybill.Engine.GitOps;

namespace Waybill.Infrastructure.Kubernetes;

/// <summary>Says which cluster the Stacks of committed manifests live in, as far as the settings leave no doubt.</summary>
public sealed class GitOpsCluster(IOptions<KubernetesOptions> clusters) : IPostConfigureOptions<GitOpsOptions>, IValidateOptions<GitOpsOptions>
{
    public void PostConfigure(string? name, GitOpsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Cluster ??= Names is [var only] ? only : null;
    }

    public ValidateOptionsResult Validate(string? name, GitOpsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Cluster is not { Length: > 0 } cluster || Names is not { } names || names.Contains(cluster, StringComparer.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"GitOps:Cluster is '{cluster}', but there is no such cluster in the settings (there are: {string.Join(", ", names)}): add Clusters:{cluster}.");
    }

    /// <summary>Null when the clusters' own settings are wrong, which is said once, by those that check them.</summary>
    private IReadOnlyList<string>? Names
    {
        get
        {
            try
            {
                return [.. clusters.Value.Clusters.Keys];
            }
            catch (OptionsValidationException)
            {
                return null;
            }
        }
    }
}
