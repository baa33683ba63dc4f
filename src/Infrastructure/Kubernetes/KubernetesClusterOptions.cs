namespace Waybill.Infrastructure.Kubernetes;

/// <summary>How to reach one cluster: the settings under <c>Clusters:NAME</c>. Texts, so that every bad value can be reported at once.</summary>
public sealed class KubernetesClusterOptions
{
    /// <summary>How long one call may take when the settings do not say.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Path of a kubeconfig file, or such a file's text: what a reference to a vault's secret becomes.</summary>
    public string? Kubeconfig { get; set; }

    /// <summary>A context in the kubeconfig file; its current context when not set.</summary>
    public string? Context { get; set; }

    /// <summary><c>true</c> to use the service account of the pod that Waybill runs in.</summary>
    public string? InCluster { get; set; }

    /// <summary><c>true</c> to enter with this process's Azure identity instead of the kubeconfig's credentials: AKS with Entra.</summary>
    public string? Entra { get; set; }

    /// <summary>How long one call may take, in Go's notation such as <c>10s</c>; at most <c>5m</c>.</summary>
    public string? Timeout { get; set; }

    /// <summary>A source of bearer tokens that replaces the kubeconfig's credentials (a managed identity, say); set in code.</summary>
    public Func<CancellationToken, Task<string>>? Token { get; set; }
}

/// <summary>All clusters that the settings name, by name.</summary>
public sealed class KubernetesOptions
{
    /// <summary>The settings' section.</summary>
    public const string Section = "Clusters";

    /// <summary>Names compare as settings' keys do: without regard to case.</summary>
    public IDictionary<string, KubernetesClusterOptions> Clusters { get; } =
        new Dictionary<string, KubernetesClusterOptions>(StringComparer.OrdinalIgnoreCase);
}
