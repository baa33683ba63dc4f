namespace Waybill.Simulation.Cluster.Operator;

/// <summary>What the operator saw in one round.</summary>
internal sealed record World(
    IReadOnlyList<OperatorObject> Stacks, IReadOnlyList<OperatorObject> Workspaces, IReadOnlyList<OperatorObject> Updates)
{
    public OperatorObject? Workspace(OperatorObject stack) => Find(Workspaces, stack.Namespace, stack.Name);

    public OperatorObject? Update(OperatorObject stack, string name) => Find(Updates, stack.Namespace, name);

    public OperatorObject? Stack(OperatorObject other, string? name) => name is null ? null : Find(Stacks, other.Namespace, name);

    private static OperatorObject? Find(IReadOnlyList<OperatorObject> among, string @namespace, string name) =>
        among.FirstOrDefault(o => o.Namespace == @namespace && o.Name == name);
}
