namespace Waybill.Expressions.JsonPaths;

/// <summary>One step of a path, from a value to those that it leads to.</summary>
internal abstract record PathSegment
{
    /// <summary>Adds what the value leads to. Returns why it leads nowhere, or null.</summary>
    public abstract string? Select(object? value, object? root, List<object?> found);

    protected static IEnumerable<object?> ChildrenOf(object? value) => value switch
    {
        IReadOnlyList<object?> list => list,
        IReadOnlyDictionary<string, object?> map => map.Values,
        _ => [],
    };

    protected static string KindOf(object? value) => value switch
    {
        null => "nothing",
        string => "text",
        bool => "a bool",
        IReadOnlyList<object?> => "a list",
        IReadOnlyDictionary<string, object?> => "a map",
        _ => "a number",
    };
}

/// <summary><c>.name</c> or <c>['name']</c>; of a list, the field of each item that has it.</summary>
internal sealed record FieldSegment(string Name) : PathSegment
{
    public override string? Select(object? value, object? root, List<object?> found)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map when map.TryGetValue(Name, out var field):
                found.Add(field);
                return null;
            case IReadOnlyDictionary<string, object?>:
                return $"{Name} is not found.";
            default:
                return $"{Name} is looked for in {KindOf(value)}.";
        }
    }
}

/// <summary><c>[*]</c> or <c>.*</c>.</summary>
internal sealed record WildcardSegment : PathSegment
{
    public override string? Select(object? value, object? root, List<object?> found)
    {
        found.AddRange(ChildrenOf(value));
        return null;
    }
}

/// <summary><c>..name</c>: the segment applied to the value and everything within it; where it leads nowhere is passed over.</summary>
internal sealed record DescentSegment(PathSegment Inner) : PathSegment
{
    public override string? Select(object? value, object? root, List<object?> found)
    {
        var left = new Stack<object?>([value]);
        while (left.TryPop(out var next) && found.Count <= KubernetesJsonPath.MaxValues)
        {
            Inner.Select(next, root, found);
            foreach (var child in ChildrenOf(next).Reverse())
            {
                left.Push(child);
            }
        }

        return null;
    }
}

/// <summary><c>[1]</c>, <c>[-1]</c> or <c>[from:to:step]</c>.</summary>
internal sealed record IndexSegment(int? From, int? To, int Step, bool IsSingle) : PathSegment
{
    public override string? Select(object? value, object? root, List<object?> found)
    {
        if (value is not IReadOnlyList<object?> list)
        {
            return $"{KindOf(value)} is not a list.";
        }

        if (IsSingle)
        {
            var index = From!.Value < 0 ? From.Value + list.Count : From.Value;
            if (index < 0 || index >= list.Count)
            {
                return $"index {From} is beyond a list of {list.Count}.";
            }

            found.Add(list[index]);
            return null;
        }

        for (var i = Clamp(From ?? 0, list.Count); i < Clamp(To ?? list.Count, list.Count); i += Step)
        {
            found.Add(list[i]);
        }

        return null;
    }

    private static int Clamp(int index, int count) => Math.Clamp(index < 0 ? index + count : index, 0, count);
}

/// <summary><c>['a','b']</c> or <c>[0,2]</c>.</summary>
internal sealed record UnionSegment(IReadOnlyList<PathSegment> Parts) : PathSegment
{
    public override string? Select(object? value, object? root, List<object?> found) =>
        Parts.Select(p => p.Select(value, root, found)).FirstOrDefault(problem => problem is not null);
}

/// <summary><c>[?(@.a == 1)]</c>: the children that it is true of.</summary>
internal sealed record FilterSegment(FilterOperand Left, string? Operator, FilterOperand? Right) : PathSegment
{
    public override string? Select(object? value, object? root, List<object?> found)
    {
        found.AddRange(ChildrenOf(value).Where(child => Matches(child, root)));
        return null;
    }

    private bool Matches(object? child, object? root)
    {
        if (Left.ValuesFor(child, root) is not [var left, ..])
        {
            return false;
        }

        return Operator is null || (Right!.ValuesFor(child, root) is [var right, ..] && Compare(left, right));
    }

    private bool Compare(object? left, object? right)
    {
        if (Operator is "==" or "!=")
        {
            return IsEqual(left, right) == (Operator is "==");
        }

        var order = (left, right) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (long or double, long or double) => Number(left).CompareTo(Number(right)),
            _ => (int?)null,
        };
        return Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static bool IsEqual(object? left, object? right) =>
        left is long or double && right is long or double ? Number(left).Equals(Number(right)) : Equals(left, right);

    private static double Number(object? value) => value is long integer ? integer : (double)value!;
}

/// <summary>A side of a filter's comparison: a path from the child or the root, or a constant.</summary>
/// <param name="Path">The path; null for a constant.</param>
/// <param name="IsFromRoot">Whether the path begins with <c>$</c> rather than <c>@</c>.</param>
/// <param name="Constant">The constant.</param>
internal sealed record FilterOperand(IReadOnlyList<PathSegment>? Path, bool IsFromRoot, object? Constant)
{
    public IReadOnlyList<object?> ValuesFor(object? child, object? root)
    {
        if (Path is null)
        {
            return [Constant];
        }

        var found = new List<object?> { IsFromRoot ? root : child };
        foreach (var segment in Path)
        {
            var next = new List<object?>();
            found.ForEach(value => segment.Select(value, root, next));
            found = next;
        }

        return found;
    }
}
