using Waybill.Expressions.Runtime;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Ast;

internal sealed class ConstantNode(int offset, object? value) : Node(offset)
{
    public object? Value => value;

    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Budget.Step();

        return value;
    }
}

internal sealed class ArrayNode(int offset, Node[] items) : Node(offset, items)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Perform(Offset);
        evaluation.Budget.Elements(items.Length);

        return Arguments.Evaluate(items, evaluation);
    }
}

internal sealed class MapNode(int offset, (Node Key, Node Value)[] entries)
    : Node(offset, [.. entries.Select(entry => entry.Key), .. entries.Select(entry => entry.Value)])
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Perform(Offset);
        evaluation.Budget.Elements(entries.Length);
        var map = new Dictionary<string, object?>(entries.Length, StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            var name = key.Evaluate(evaluation);
            evaluation.Perform(key.Offset);
            map[ValueKind.Text(name, "map key")] = value.Evaluate(evaluation);
        }

        return map;
    }
}

internal static class Arguments
{
    public static object?[] Evaluate(Node[] nodes, Evaluation evaluation)
    {
        if (nodes.Length == 0)
        {
            return [];
        }

        var values = new object?[nodes.Length];
        for (var index = 0; index < nodes.Length; index++)
        {
            values[index] = nodes[index].Evaluate(evaluation);
        }

        return values;
    }
}
