namespace Waybill.Engine.GitOps;

/// <summary>The settings under <c>GitOps:</c>: where the Stacks live whose manifests promotions commit.</summary>
public sealed class GitOpsOptions
{
    public const string Section = "GitOps";

    /// <summary>The cluster, by its name in the settings. Unless it is set: the only cluster there is, or none when there are several.</summary>
    public string? Cluster { get; set; }

    /// <summary>The namespace of Stacks whose manifests name none.</summary>
    public string Namespace { get; set; } = "default";
}
