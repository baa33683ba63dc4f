using YamlDotNet.Core;

namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>A value of a YAML document and where it stands.</summary>
/// <param name="Start">Its first character, tag and anchor included.</param>
/// <param name="End">The character after its last; for a mapping or list in a block the start of what follows.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
internal abstract record YamlNode(int Start, int End, int Line, int Column)
{
    /// <summary>The name by which aliases refer to it.</summary>
    public string? Anchor { get; init; }

    public string? Tag { get; init; }

    /// <summary>What an error calls it.</summary>
    public abstract string Kind { get; }
}

internal sealed record YamlScalar(string Text, ScalarStyle Style, int Start, int End, int Line, int Column) : YamlNode(Start, End, Line, Column)
{
    public bool IsPlain => Style is ScalarStyle.Plain;

    public bool IsBlock => Style is ScalarStyle.Literal or ScalarStyle.Folded;

    public override string Kind => "a single value";
}

internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, bool IsFlow, int Start, int End, int Line, int Column) : YamlNode(Start, End, Line, Column)
{
    public override string Kind => "a list";
}

internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, bool IsFlow, int Start, int End, int Line, int Column) : YamlNode(Start, End, Line, Column)
{
    public override string Kind => "a mapping";

    /// <summary>All entries of a name: more than one in a file that is wrong.</summary>
    public IReadOnlyList<YamlEntry> Find(string name) => [.. Entries.Where(e => e.Key is YamlScalar key && key.Text == name)];
}

/// <summary>Stands for a value elsewhere in the document.</summary>
internal sealed record YamlAlias(YamlNode Target, int Start, int End, int Line, int Column) : YamlNode(Start, End, Line, Column)
{
    public override string Kind => "an alias";
}

internal sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>Whether it takes over the fields of another mapping.</summary>
    public bool IsMerge => Key is YamlScalar { IsPlain: true, Text: "<<" };
}
