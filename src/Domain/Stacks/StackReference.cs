namespace Waybill.Domain.Stacks;

/// <summary>Where a PKO Stack lives.</summary>
/// <param name="Cluster">The cluster's name in Waybill's settings.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="Name">The Stack's own name.</param>
public sealed record StackReference(string Cluster, string Namespace, string Name)
{
    public override string ToString() => $"{Cluster}/{Namespace}/{Name}";
}
