namespace Waybill.Infrastructure.ArgoCd;

/// <summary>Where Argo CD is: the settings under <c>ArgoCd</c>. Without Argo CD there is nothing to set.</summary>
public sealed class ArgoCdOptions
{
    /// <summary>The settings' section.</summary>
    public const string Section = "ArgoCd";

    /// <summary>The cluster whose API holds the Applications, by its name under <c>Clusters</c>; may be left out where only one is configured.</summary>
    public string? Cluster { get; set; }

    /// <summary>Argo CD's own namespace, where Applications are that name no other.</summary>
    public string Namespace { get; set; } = "argocd";

    /// <summary>The clusters in the settings, whether they are set up rightly or not: that others find out.</summary>
    internal IReadOnlyList<string> KnownClusters { get; set; } = [];
}
