namespace Waybill.Engine.WorkTrees.Editing.Yaml;

/// <summary>Compares a text before and after a change, value by value: the last word on whether the change did what it was to do.</summary>
internal static class YamlCheck
{
    /// <exception cref="FileEditException">Another value changed too, or the one in question did not become what it was to be.</exception>
    public static void OnlyChanged(
        IReadOnlyList<YamlNode?> before, IReadOnlyList<YamlNode?> after, IReadOnlyDictionary<YamlNode, FileUpdate> changes)
    {
        if (before.Count != after.Count || !before.Zip(after).All(d => IsSame(d.First, d.Second, changes)))
        {
            throw new FileEditException(
                $"{string.Join(", ", changes.Values.Select(c => c.Key))} can't be set without changing more than that: the file is laid out in a way that "
                + "is not supported there; write the value on one line with its key");
        }
    }

    private static bool IsSame(YamlNode? before, YamlNode? after, IReadOnlyDictionary<YamlNode, FileUpdate> changes) => (before, after) switch
    {
        (null, null) => true,
        ({ } changed, YamlScalar scalar) when changes.TryGetValue(changed, out var change) => Is(scalar, change),
        (YamlScalar a, YamlScalar b) => a.Text == b.Text && YamlTypes.IsText(a) == YamlTypes.IsText(b),
        (YamlAlias a, YamlAlias b) => a.Target.Anchor == b.Target.Anchor,
        (YamlSequence a, YamlSequence b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(i => IsSame(i.First, i.Second, changes)),
        (YamlMapping a, YamlMapping b) => a.Entries.Count == b.Entries.Count
            && a.Entries.Zip(b.Entries).All(e => IsSame(e.First.Key, e.Second.Key, changes) && IsSame(e.First.Value, e.Second.Value, changes)),
        _ => false,
    };

    public static bool Is(YamlScalar scalar, FileUpdate update) => scalar.Text == update.Text && YamlTypes.IsText(scalar) == update.IsText;
}
