namespace Waybill.Domain.ArgoCd;

/// <summary>Which Argo CD Application: the cluster that Argo CD itself runs in (its name in the settings), namespace and name.</summary>
public sealed record ApplicationReference(string Cluster, string Namespace, string Name)
{
    public override string ToString() => $"{Cluster}/{Namespace}/{Name}";
}
