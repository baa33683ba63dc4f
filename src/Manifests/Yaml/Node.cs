namespace Waybill.Manifests.Yaml;

/// <summary>A value of a YAML document and where it starts, counted from 1.</summary>
internal abstract record Node(int Line, int Column)
{
    /// <summary>This value and all within it, aliases counted as what they stand for.</summary>
    public int Size { get; protected init; } = 1;

    /// <summary>What an error message calls this.</summary>
    public abstract string Kind { get; }
}

/// <summary>Text, a number, true, false or nothing.</summary>
/// <param name="IsPlain">Whether it stands without quotes, so that what it looks like decides its type.</param>
internal sealed record ScalarNode(string Text, bool IsPlain, int Line, int Column) : Node(Line, Column)
{
    public ScalarType Type { get; } = IsPlain ? PlainScalar.TypeOf(Text) : ScalarType.Text;

    public override string Kind => Type switch
    {
        ScalarType.Null => "nothing",
        ScalarType.Bool => $"the bool {Text}",
        ScalarType.Integer or ScalarType.Float => $"the number {Text}",
        _ => "text",
    };
}

/// <summary>A list.</summary>
internal sealed record SequenceNode : Node
{
    public SequenceNode(IReadOnlyList<Node> items, int line, int column)
        : base(line, column)
    {
        Items = items;
        Size = 1 + items.Sum(i => i.Size);
    }

    public IReadOnlyList<Node> Items { get; }

    public override string Kind => "a list";
}

/// <summary>A mapping, its keys in the order written and each once.</summary>
internal sealed record MappingNode : Node
{
    public MappingNode(IReadOnlyList<Entry> entries, int line, int column)
        : base(line, column)
    {
        Entries = entries;
        Size = 1 + entries.Sum(e => e.Value.Size + 1);
    }

    public IReadOnlyList<Entry> Entries { get; }

    public override string Kind => "a mapping";

    internal sealed record Entry(ScalarNode Key, Node Value);
}
