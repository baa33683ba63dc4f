namespace Waybill.Infrastructure.Kubernetes;

/// <summary>A kind of object, as the API's paths name it.</summary>
/// <param name="Remedy">What to do where a cluster does not know it.</param>
internal sealed record CustomResource(string Kind, string Group, string Version, string Plural, string Remedy = CustomResource.InstallOperator)
{
    private const string InstallOperator = "install the Pulumi Kubernetes Operator v2 with its CRDs";

    public static CustomResource Stack { get; } = new("Stack", "pulumi.com", "v1", "stacks");

    public static CustomResource Workspace { get; } = new("Workspace", "auto.pulumi.com", "v1alpha1", "workspaces");

    public static CustomResource Update { get; } = new("Update", "auto.pulumi.com", "v1alpha1", "updates");

    public static CustomResource Application { get; } = new(
        "Application", "argoproj.io", "v1alpha1", "applications", "install Argo CD there, or set ArgoCd:Cluster to the cluster that it runs in");

    public static CustomResource Job { get; } = new("Job", "batch", "v1", "jobs", "check that the address names a Kubernetes API server");
}

/// <summary>One call: what is done to which object of which cluster.</summary>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Verb">RBAC's word for it: <c>get</c>, <c>list</c>, <c>patch</c>, <c>create</c> or <c>delete</c>.</param>
/// <param name="Resource">The kind.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The object's name; empty for a list.</param>
internal sealed record ClusterCall(string Cluster, string Verb, CustomResource Resource, string Namespace, string Name)
{
    /// <summary>The object, for people.</summary>
    public string Subject => $"{Resource.Kind} {Cluster}/{Namespace}/{Name}";
}
