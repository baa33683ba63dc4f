namespace Waybill.Infrastructure.Kubernetes;

/// <summary>One of the operator's kinds, as the API's paths name it.</summary>
internal sealed record CustomResource(string Kind, string Group, string Version, string Plural)
{
    public static CustomResource Stack { get; } = new("Stack", "pulumi.com", "v1", "stacks");

    public static CustomResource Workspace { get; } = new("Workspace", "auto.pulumi.com", "v1alpha1", "workspaces");

    public static CustomResource Update { get; } = new("Update", "auto.pulumi.com", "v1alpha1", "updates");
}

/// <summary>One call: what is done to which object of which cluster.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Verb">RBAC's word for it: <c>get</c> or <c>patch</c>.</param>
/// <param name="Resource">The kind.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The object's name.</param>
internal sealed record ClusterCall(string Cluster, string Verb, CustomResource Resource, string Namespace, string Name)
{
    /// <summary>The object, for people.</summary>
    public string Subject => $"{Resource.Kind} {Cluster}/{Namespace}/{Name}";
}
